import { usePanel } from './panel-context.ts';

/** A filter. Escape empties it, then gives the focus back to the list, as an arrow does. */
export const FilterBox = ({
  filter,
  setFilter,
  name,
  placeholder,
  hint,
}: {
  filter: string;
  setFilter: (text: string) => void;
  name: string;
  placeholder: string;
  hint: string;
}) => {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || (event.key === 'Escape' && filter === '')) {
      event.preventDefault();
      event.stopPropagation();
      document.querySelector<HTMLElement>('.list')?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setFilter('');
    }
  };
  return (
    <search class="search">
      <input
        type="text"
        value={filter}
        placeholder={placeholder}
        aria-label={name}
        title={hint}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setFilter(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </search>
  );
};

/** The filter of the tokens. */
export const SearchBox = () => {
  const { source, filter, setFilter } = usePanel();
  return (
    <FilterBox
      filter={filter.value}
      setFilter={setFilter}
      name={source.text('filter_name')}
      placeholder={source.text('filter_placeholder')}
      hint={source.text('filter_hint')}
    />
  );
};
