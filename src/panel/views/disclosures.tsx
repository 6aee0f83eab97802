import type { Decoded } from '../../core/token/decoded.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { Disclosure, DisclosureState, SdReading } from '../../core/trust/sd-reading.ts';
import type { Entry } from '../model/log.ts';
import type { Mark } from './answer.tsx';
import { Checks } from './checks.tsx';
import { JsonText } from './json-text.tsx';
import { LongText } from './long-text.tsx';
import { JsonTable, MemberTable } from './member-table.tsx';
import { usePanel } from './panel-context.ts';
import { SIGNATURE_MARKS, SignatureWords } from './signature-words.tsx';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

const MARKS: Readonly<Record<DisclosureState, Mark>> = {
  disclosed: ['✓', 'good'],
  unreferenced: ['✕', 'bad'],
  digest_twice: ['✕', 'bad'],
  name_taken: ['✕', 'bad'],
  name_reserved: ['✕', 'bad'],
  malformed: ['⚠', 'warn'],
};

/** Disclosures, and places with hidden ones, that are drawn; a hostile token has thousands. */
const MAX_SHOWN = 200;

const DisclosureRow = ({ disclosure, compared }: { disclosure: Disclosure; compared: boolean }) => {
  const { source } = usePanel();
  const { state, path, name, valueText, text } = disclosure;
  const [sign, tone] = compared ? MARKS[state] : (['?', 'dim'] as const);
  return (
    <tr>
      <th scope="row">
        <LongText text={path ?? name ?? '…'} />
      </th>
      <td class="value">{valueText === undefined ? <LongText text={text} /> : <JsonText text={valueText} />}</td>
      <td class="meaning">
        <span class={tone}>
          <span aria-hidden="true">{sign} </span>
          {compared || state === 'malformed'
            ? source.text(`disclosure_${state}`)
            : source.text('disclosure_uncompared')}
        </span>
      </td>
    </tr>
  );
};

/** What stays hidden, by the object or array that has the digests. */
const Hidden = ({ hidden }: Pick<SdReading, 'hidden'>) => {
  const { source } = usePanel();
  const words = useWords();
  if (hidden.length === 0) return null;
  return (
    <ul class="hidden" aria-label={source.text('disclosures_hidden_name')}>
      {hidden.slice(0, MAX_SHOWN).map(({ path, count }) => (
        <li key={path}>
          {path !== '' && (
            <>
              <code>
                <VisibleText text={path} />
              </code>
              {': '}
            </>
          )}
          {words.count('hidden', count)}
        </li>
      ))}
    </ul>
  );
};

/** The signature of the holder, and what it binds: this presentation, this verifier, this moment. */
const KeyBinding = ({ entry, sd, keyBinding }: DisclosuresProps) => {
  const { source } = usePanel();
  const name = source.text('disclosures_binding');
  if (sd.keyBindingMissing) {
    return (
      <section class="inner" aria-label={name}>
        <h2>{name}</h2>
        <p class="answer warn">{source.text('disclosures_binding_missing')}</p>
      </section>
    );
  }
  if (!sd.keyBinding) return null;
  const { signature, checks } = sd.keyBinding;
  const isNobodys = sd.claims.cnf === undefined && !sd.hashUnsupported;
  const [sign, tone]: Mark = isNobodys ? ['✕', 'bad'] : SIGNATURE_MARKS[signature.state];
  return (
    <section class="inner" aria-label={name}>
      <h2>{name}</h2>
      <p class="answer">
        <span class={tone} aria-hidden="true">
          {sign}{' '}
        </span>
        {isNobodys ? source.text('disclosures_binding_nobodys') : <SignatureWords answer={signature} />}
      </p>
      <Checks checks={checks} label={source.text('checks_name', name)} />
      {keyBinding && (
        <>
          <MemberTable part="header" entry={entry} decoded={keyBinding} within={name} />
          <MemberTable part="payload" entry={entry} decoded={keyBinding} within={name} />
        </>
      )}
    </section>
  );
};

/** The first step of a path: `address` of `address.street[1]`. */
const topOf = (path: string): string => /^[^.[]*/.exec(path)?.[0] ?? path;

/** Words on the claims in which something was disclosed. */
const notesOn = (disclosures: readonly Disclosure[], word: string): ReadonlyMap<string, string> =>
  new Map(
    disclosures.flatMap(({ state, path, name }) =>
      state === 'disclosed' && path !== undefined ? [[path === name ? name : topOf(path), word] as const] : [],
    ),
  );

interface DisclosuresProps {
  readonly entry: Entry;
  readonly sd: SdReading;
  readonly keyBinding: Decoded | undefined;
}

/** The claims that the disclosures of an SD-JWT make, what it discloses and keeps hidden, and who presents it (RFC 9901). */
export const Disclosures = (props: DisclosuresProps) => {
  const { source } = usePanel();
  const { entry, sd } = props;
  const compared = !sd.hashUnsupported;
  const removed = entry.removed?.disclosures ?? 0;
  const name = source.text('disclosures_heading');
  return (
    <>
      <JsonTable
        part="payload"
        entry={entry}
        text={sd.claimsText}
        name={source.text('disclosures_claims')}
        payload={sd.claims}
        notes={notesOn(sd.disclosures, source.text('disclosures_disclosed'))}
      />
      <h2>
        <i class="body" /> {name}
      </h2>
      <p class={compared ? 'nothing left' : 'nothing left warn'}>
        {source.text(compared ? 'disclosures_hash' : 'disclosures_hash_unsupported', visibleText(sd.hash))}
      </p>
      {sd.disclosures.length === 0 ? (
        <p class="nothing left">
          {source.text(removed > 0 ? 'disclosures_removed' : 'disclosures_none', String(removed))}
        </p>
      ) : (
        <table class="members" aria-label={name}>
          <tbody>
            {sd.disclosures.slice(0, MAX_SHOWN).map((disclosure, index) => (
              <DisclosureRow key={index} disclosure={disclosure} compared={compared} />
            ))}
          </tbody>
        </table>
      )}
      {sd.disclosures.length > MAX_SHOWN && (
        <p class="nothing left">{source.text('problems_more', String(sd.disclosures.length - MAX_SHOWN))}</p>
      )}
      <Hidden hidden={sd.hidden} />
      {sd.digestsTwice && (
        <p class="nothing left bad">{source.text('disclosures_twice', visibleText(sd.digestsTwice.join(', ')))}</p>
      )}
      {/* Of a redacted file nobody knows whether there was one. */}
      {!entry.removed && <KeyBinding {...props} />}
    </>
  );
};
