import { useState } from 'preact/hooks';
import type { KeyReading } from '../../core/trust/key.ts';
import type { Provenance, RingKey } from '../../core/trust/signature.ts';
import { rankOf, sourceHost, toldAs } from '../model/ring.ts';
import { KeyActions } from './key-actions.tsx';
import { KeyFacts } from './key-facts.tsx';
import { keyLabel, keySizeText, short } from './key-words.ts';
import { usePanel } from './panel-context.ts';
import { useReading } from './use-reading.ts';
import { useWritten } from './use-written.ts';

/** A shape that says the rank without its colour, and the colour. */
const MARKS: Readonly<Record<Provenance, readonly [sign: string, tone: string]>> = {
  given: ['✓', 'good'],
  discovery: ['✓', 'good'],
  traffic: ['~', 'warn'],
  token: ['⚠', 'warn'],
};

/** The issuer's set came again without it. */
const DOUBTFUL = ['~', 'warn'] as const;

type Say = (text: string) => void;

const OpenKey = ({ given, reading, say }: { given: RingKey; reading: KeyReading; say: Say }) => {
  const { forms, thumbprint } = useWritten(reading);
  return (
    <div class="ring-open">
      <KeyFacts given={given} reading={reading} thumbprint={thumbprint} />
      <KeyActions given={given} reading={reading} forms={forms} say={say} />
    </div>
  );
};

/** One key of the ring in two lines; opened, all that is known of it, and what can be done with it. */
export const KeyRow = ({ given, say }: { given: RingKey; say: Say }) => {
  const { source, dates, now } = usePanel();
  const [isOpen, open] = useState(false);
  const reading = useReading(given);
  const { pinned, remembered, goneAt, name } = given;
  const rank = rankOf(given);
  const isDoubtful = goneAt !== undefined && rank !== 'given';
  const [sign, tone] = isDoubtful ? DOUBTFUL : MARKS[rank];
  const label = reading ? keyLabel(source, reading) : '';
  const host = short(sourceHost(given));
  const more = [
    reading && !('error' in reading) ? keySizeText(source, reading.candidates) : '',
    source.text(`provenance_${toldAs(given)}`),
    host,
    pinned ? source.text('ring_pinned') : '',
    remembered ? source.text('ring_remembered') : '',
    goneAt === undefined ? '' : source.text('ring_gone', dates.local(goneAt, now.peek())),
  ].filter((part) => part !== '');
  return (
    <li>
      <button type="button" class="ring-key" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        <span class={tone} aria-hidden="true">
          {sign}
        </span>
        <span class="cut">
          {name && <b>{short(name)} </b>}
          {label}
        </span>
        <small class="dim">{more.join(' · ')}</small>
      </button>
      {isOpen && reading && <OpenKey given={given} reading={reading} say={say} />}
    </li>
  );
};
