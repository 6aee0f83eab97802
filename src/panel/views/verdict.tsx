import { useRef } from 'preact/hooks';
import { summaryText } from '../../core/judge/summary.ts';
import type { Entry } from '../model/log.ts';
import { decryptionOf, signatureOf } from '../model/opened.ts';
import { holds } from '../model/try-key.ts';
import { Answer, type Mark } from './answer.tsx';
import { DECRYPTION_MARKS, DecryptionWords } from './decryption-words.tsx';
import { NewerToken } from './newer-token.tsx';
import { usePanel } from './panel-context.ts';
import { PolicyAnswer } from './policy-answer.tsx';
import { problemSentence } from './problem-sentence.ts';
import { SIGNATURE_MARKS, SignatureWords } from './signature-words.tsx';
import { summaryOf } from './summary-of.ts';
import { TimeWords, timeMark } from './time-words.tsx';
import { TrustWords, trustOf } from './trust-words.tsx';
import { VisibleText } from './visible-text.tsx';
import { WhyEvidence } from './why-evidence.tsx';
import { useWords } from './words.ts';

/** What opened the envelope, then the signature of what was in it; for each what there is. */
const SignatureAnswers = ({ entry }: { entry: Entry }) => {
  const { source } = usePanel();
  const { opened } = entry;
  if (!opened) return source.text('signature_pending');
  const decryption = decryptionOf(opened);
  const signature = signatureOf(opened);
  const [outermost] = opened.layers;
  const { parts = [] } = outermost;
  // What was opened already, where something inside stays closed: its key fits, whatever is said of the one inside.
  const isOpened = outermost.decryption?.state === 'decrypted' && decryption !== outermost.decryption;
  return (
    <>
      {isOpened && `${source.text('decryption_decrypted')} · ${source.text('opened_inside_short')} `}
      {decryption && <DecryptionWords answer={decryption} entry={entry} />}
      {decryption && signature && <> · {source.text('opened_inside_short')} </>}
      {signature && <SignatureWords answer={signature} />}
      {decryption?.state === 'decrypted' && !signature && <> · {source.text('opened_no_signature')}</>}
      {parts.length > 1 && (
        <> · {source.text('opened_parts_count', String(parts.filter(holds).length), String(parts.length))}</>
      )}
    </>
  );
};

const signatureMark = ({ opened }: Entry): Mark => {
  const decryption = decryptionOf(opened);
  const signature = signatureOf(opened);
  // One of several that is wrong is no tick, though another holds.
  const isMixed = signature?.state === 'verified' && opened?.layers[0].parts?.some(({ state }) => state === 'mismatch');
  if (isMixed) return ['~', 'warn'];
  if (signature && (!decryption || decryption.state === 'decrypted')) return SIGNATURE_MARKS[signature.state];
  return decryption ? DECRYPTION_MARKS[decryption.state] : ['…', 'dim'];
};

/** One sentence, then the four answers, never merged: signature, time, policy, key trust. */
export const Verdict = ({ entry, disagreements }: { entry: Entry; disagreements?: readonly string[] }) => {
  const panel = usePanel();
  const { source, imported, now, moment, timeOf, signatures, keys, dates } = panel;
  const isThen = imported?.isThen.value === true;
  const words = useWords();
  signatures.revision.value;
  const { opened } = entry;
  const time = timeOf(entry, moment(entry));
  const signature = signatureOf(opened);
  const summary = summaryOf(panel, entry, time, disagreements);
  const sentence = summaryText(summary, source.text, isThen);
  // Read aloud when it says something else, and not at each second of the countdown in it.
  const code = summary.why?.sentence ?? summary.code;
  const spoken = useRef({ code, sentence });
  if (spoken.current.code !== code) spoken.current = { code, sentence };
  const trust = trustOf(source, entry, signature, keys.value, (at) => dates.local(at, now.peek()));
  return (
    <>
      <div class={`say ${summary.tone}`}>
        <h1>
          <VisibleText text={sentence} />
        </h1>
        <p class="spoken" aria-live="polite">
          {spoken.current.sentence}
        </p>
        {isThen && <p>{source.text('then_as_of', dates.local(moment(entry), now.value))}</p>}
        {summary.problem && <p>{problemSentence(source, summary.problem)}</p>}
        {summary.why && <WhyEvidence why={summary.why} />}
        {summary.why?.outcome === 'refused' && entry.lastSent && (
          <NewerToken token={entry.id} exchange={entry.lastSent} />
        )}
        {entry.refused > 0 && entry.requests > 1 && (
          <p>{source.text('verdict_refused_of', String(entry.refused), words.count('requests', entry.requests))}</p>
        )}
      </div>
      <ul class="four" aria-label={source.text('verdict_name')}>
        <Answer name={source.text('verdict_signature')} mark={signatureMark(entry)}>
          <SignatureAnswers entry={entry} />
        </Answer>
        <Answer name={source.text('verdict_time')} mark={timeMark(entry, time)}>
          <TimeWords entry={entry} time={time} />
        </Answer>
        <PolicyAnswer entry={entry} />
        <Answer name={source.text('verdict_trust')} mark={trust.mark}>
          <TrustWords trust={trust} />
        </Answer>
      </ul>
    </>
  );
};
