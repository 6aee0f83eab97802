import type { Use } from '../model/agreement.ts';
import type { Entry } from '../model/log.ts';
import { Checks } from './checks.tsx';
import { usePanel } from './panel-context.ts';
import { hostAndPath } from './url-text.ts';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

/** Requests whose checks are drawn: the worst ones; of the others it is said how many there are. */
const MAX_SHOWN = 3;

const HEADINGS: Readonly<Partial<Record<Entry['kind'], string>>> = {
  dpop_proof: 'agreement_proof',
  id_token: 'agreement_login',
};

const isSound = ({ checks }: Use): boolean => checks.every(({ state }) => state === 'ok' || state === 'unknown');

/** Whether the token agrees with the requests that carried it, check by check. */
export const Agreement = ({ entry, uses }: { entry: Entry; uses: readonly Use[] }) => {
  const { source } = usePanel();
  const words = useWords();
  const heading = source.text(HEADINGS[entry.kind] ?? 'agreement_binding');
  // Of those that agree one says it all; the worst come first.
  const bad = uses.filter((use) => !isSound(use)).slice(0, MAX_SHOWN);
  const shown = bad.length > 0 ? bad : uses.slice(0, 1);
  const rest = uses.length - shown.length;
  return (
    <>
      <h2>
        <i class="sign" /> {heading}
      </h2>
      {shown.map(({ exchange, checks }) => {
        const name = exchange && `${exchange.method} ${hostAndPath(exchange.url)}`;
        return (
          <div key={exchange?.id} class="agreement">
            {name !== undefined && (
              <p class="cut">
                <VisibleText text={name} />
              </p>
            )}
            <Checks checks={checks} label={source.text('checks_name', name ?? heading)} />
          </div>
        );
      })}
      {rest > 0 && (
        <p class="nothing left">
          {source.text(
            uses.slice(shown.length).every(isSound) ? 'agreement_rest_sound' : 'agreement_rest',
            words.count('requests', rest),
          )}
        </p>
      )}
    </>
  );
};
