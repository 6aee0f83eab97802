import { useMemo, useState } from 'preact/hooks';
import { type Comparison, compareTokens } from '../../core/judge/compare.ts';
import { visibleText } from '../../core/token/visible.ts';
import { comparedOf, partnerOf } from '../model/compare.ts';
import { issuerOf, subjectOf } from '../model/labels.ts';
import type { Entry } from '../model/log.ts';
import type { Model } from '../model/model.ts';
import { ComparePick } from './compare-pick.tsx';
import { CompareTable } from './compare-table.tsx';
import { comparisonText } from './compare-text.ts';
import { byteSentences, keySentences, timeSentences } from './compare-words.ts';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';

/** What a token is called here: as in the list, behind when it was first seen, by which two of one name are told apart. */
const nameOf = ({ source, dates, now }: Model, entry: Entry): string =>
  visibleText(
    [dates.local(entry.firstSeen, now.peek()), source.text(`kind_${entry.kind}`), subjectOf(entry), issuerOf(entry)]
      .filter(Boolean)
      .join(' · '),
  );

/** The older one stands to the left, so that the right one tells what became of it. */
const firstPair = (entry: Entry | undefined, entries: readonly Entry[]): readonly [string, string] => {
  const partner = entry && partnerOf(entry, entries);
  if (!entry || !partner) return [entry?.id ?? '', ''];
  return partner.firstSeen <= entry.firstSeen ? [partner.id, entry.id] : [entry.id, partner.id];
};

const Sentences = ({ comparison }: { comparison: Comparison }) => {
  const { source } = usePanel();
  const all = [timeSentences, keySentences, byteSentences].map((sentences) => sentences(source, comparison).join(' '));
  return (
    <div class="sentences" aria-live="polite">
      {all
        .filter((text) => text !== '')
        .map((text, index) => (
          <p key={index}>{text}</p>
        ))}
    </div>
  );
};

const Result = ({ left, right, swap }: { left: Entry; right: Entry; swap: () => void }) => {
  const panel = usePanel();
  const { source, signatures } = panel;
  const [withSame, showSame] = useState(false);
  const [said, say] = useState('');
  signatures.revision.value;
  const [one, other] = [comparedOf(left, signatures.of(left)), comparedOf(right, signatures.of(right))];
  const comparison = useMemo(
    () => compareTokens(one, other),
    [one.decoded, other.decoded, one.claims.payloadText, other.claims.payloadText, one.key, other.key],
  );
  const { header, payload } = comparison;
  const same = [...header.differences, ...payload.differences].filter(({ change }) => change === 'same').length;
  const copy = async () => {
    const names = { left: nameOf(panel, left), right: nameOf(panel, right) };
    const done = await source.copy(comparisonText(source, comparison, names));
    say(source.text(done ? 'compare_copied' : 'copy_failed'));
  };
  return (
    <>
      <Sentences comparison={comparison} />
      <CompareTable name={source.text('part_header')} rows={header.differences} withSame={withSame} />
      {payload.unread.length === 0 && (
        <CompareTable name={source.text('part_payload')} rows={payload.differences} withSame={withSame} />
      )}
      <div class="buttons compare-foot">
        <label class="check">
          <input type="checkbox" checked={withSame} onChange={() => showSame(!withSame)} />
          {source.text('compare_show_same', String(same))}
        </label>
        <output class="grow hint">{said}</output>
        <button type="button" onClick={swap}>
          {source.text('compare_swap')}
        </button>
        <button type="button" onClick={copy}>
          {source.text('compare_copy')}
        </button>
      </div>
    </>
  );
};

/** Any two tokens, claim by claim. `about` is the one that it was opened for. */
export const CompareDialog = ({ onClose }: { onClose: () => void }) => {
  const panel = usePanel();
  const { source, log, about } = panel;
  log.revision.value;
  const entries = log.entries.value;
  const [[left, right], choose] = useState(() => firstPair(log.entry(about.peek()) ?? entries[0], entries));
  const [one, other] = [log.entry(left), log.entry(right)];
  const name = (entry: Entry) => nameOf(panel, entry);
  return (
    <Modal title={source.text('compare_title')} onClose={onClose}>
      <ComparePick
        sides={[
          { label: source.text('compare_left'), id: left, choose: (id) => choose([id, right]) },
          { label: source.text('compare_right'), id: right, choose: (id) => choose([left, id]) },
        ]}
        nameOf={name}
      />
      {one && other ? (
        <Result left={one} right={other} swap={() => choose([right, left])} />
      ) : (
        <p class="hint">{source.text(entries.length < 2 ? 'compare_none' : 'compare_choose')}</p>
      )}
    </Modal>
  );
};
