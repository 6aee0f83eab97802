import type { KeysRead } from '../../core/trust/key.ts';
import { howPicked } from '../model/picked.ts';
import { holds, type Tried } from '../model/try-key.ts';
import { answerReason } from './answer-reason.ts';
import { keyErrorText, keySizeText, short } from './key-words.ts';
import { usePanel } from './panel-context.ts';
import { useWords } from './words.ts';

interface TrialProps {
  readonly tried: Tried;
  /** The token's `kid`. */
  readonly kid?: unknown;
  readonly kept: boolean;
}

/** Of a set: how many keys, which one was picked and why, and what of it could not be read. */
const SetWords = ({ reading, tried, kid }: Pick<TrialProps, 'tried' | 'kid'> & { readonly reading: KeysRead }) => {
  const { source } = usePanel();
  const words = useWords();
  const { candidates, skipped, format } = reading;
  const { answer } = tried;
  const alg = answer && 'alg' in answer ? answer.alg : undefined;
  const picked = answer && holds(answer) ? howPicked(reading, answer.key?.kid, kid, alg) : undefined;
  const name = short(picked?.name ?? '') || source.text('ring_nameless');
  const [first] = skipped;
  return (
    <>
      {(format === 'jwks' || (format !== 'secret' && candidates.length > 1)) && (
        <span>{source.text('ring_set', words.count('keys', candidates.length))}</span>
      )}
      {picked && <span>{source.text(`ring_picked_${picked.how}`, name, alg ?? '')}</span>}
      {first && (
        <span class="warn">
          {source.text('ring_skipped', words.count('keys', skipped.length), keyErrorText(source, first))}
        </span>
      )}
    </>
  );
};

/** What was recognised in a key box, and what the token says to it. */
export const TrialWords = ({ tried, kid, kept }: TrialProps) => {
  const { source } = usePanel();
  const { reading, answer } = tried;
  if ('error' in reading) return <>{keyErrorText(source, reading)}</>;
  const size = reading.format === 'jwks' ? '' : keySizeText(source, reading.candidates);
  const isPrivate = reading.candidates.some((candidate) => candidate.kty !== 'oct' && candidate.fromPrivate);
  return (
    <>
      <span>
        {source.text('key_recognised', source.text(`key_format_${reading.format}`))}
        {size !== '' && ` ${size}.`}
      </span>
      {isPrivate && <span class="warn">{source.text('ring_private')}</span>}
      <SetWords reading={reading} tried={tried} kid={kid} />
      {answer && !holds(answer) && (
        <span class={answer.state === 'mismatch' || answer.state === 'failed' ? 'bad' : 'warn'}>
          {answerReason(source, tried)}
        </span>
      )}
      {kept && <span>{source.text('ring_kept')}</span>}
    </>
  );
};
