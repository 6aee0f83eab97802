import type { Column, Order } from '../model/exchange-order.ts';
import { exchangesOf } from '../model/exchanges.ts';
import { usePanel } from './panel-context.ts';

const COLUMNS: readonly Column[] = ['time', 'method', 'address', 'status', 'token', 'decision', 'reason'];

export const COLUMN_COUNT = COLUMNS.length;

const sortOf = (column: Column, { by, descending }: Order): 'ascending' | 'descending' | 'none' =>
  by !== column ? 'none' : descending ? 'descending' : 'ascending';

const ARROWS = { ascending: ' ▴', descending: ' ▾', none: '' };

/** The names of the columns; each sorts, and the same again turns the order round. */
export const ExchangeHead = () => {
  const model = usePanel();
  const { order, sortBy } = exchangesOf(model);
  return (
    <thead>
      <tr class="exchange" aria-rowindex={1}>
        {COLUMNS.map((column) => {
          const sort = sortOf(column, order.value);
          return (
            <th key={column} scope="col" data-column={column} aria-sort={sort}>
              <button type="button" class="cut" onClick={() => sortBy(column)}>
                {model.source.text(`exchanges_column_${column}`)}
                <span aria-hidden="true">{ARROWS[sort]}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
};
