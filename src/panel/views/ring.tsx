import type { TimeAnswer } from '../../core/judge/verdict.ts';
import type { Entry } from '../model/log.ts';
import { isSealed } from '../model/opened.ts';
import { isForOneRequest } from './words.ts';

const RADIUS = 8;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

const Circle = () => <circle class="track" cx="10" cy="10" r={RADIUS} />;

/** A row's sign: the life that is left as a ring, and a shape of its own for each other state. */
export const Ring = ({ entry, time }: { entry: Entry; time: TimeAnswer }) => {
  const sign = () => {
    if (isSealed(entry))
      return (
        <>
          <rect class="fill" x="5" y="9" width="10" height="7" rx="1.5" />
          <path class="stroke" d="M7 9V7a3 3 0 0 1 6 0v2" />
        </>
      );
    if (entry.decoded.form === 'malformed') return <circle class="track torn" cx="10" cy="10" r={RADIUS} />;
    if (isForOneRequest(entry, time))
      return (
        <>
          <Circle />
          <path class="stroke" d="M8.6 8l1.6-1.2v6.6" />
        </>
      );
    switch (time.state) {
      case 'expired':
        return (
          <>
            <Circle />
            <path class="stroke bad" d="M7 7l6 6M13 7l-6 6" />
          </>
        );
      case 'not_yet_valid':
        return (
          <>
            <Circle />
            <path class="stroke warn" d="M10 5.8V10l2.8 1.8" />
          </>
        );
      case 'never_expires':
        return (
          <>
            <Circle />
            <path class="stroke" d="M7.6 12.2c-2.2 0-2.2-4.4 0-4.4s2.6 4.4 4.8 4.4 2.2-4.4 0-4.4-2.6 4.4-4.8 4.4z" />
          </>
        );
      case 'unreadable':
        return (
          <>
            <Circle />
            <path class="stroke warn" d="M8 8.2a2 2 0 1 1 2.8 1.8c-.6.3-.8.6-.8 1.2M10 13.6v.1" />
          </>
        );
      default: {
        const left = (1 - (time.spent ?? 0)) * CIRCUMFERENCE;
        return (
          <>
            <Circle />
            <circle
              class={time.state === 'expiring' ? 'life warn' : 'life good'}
              cx="10"
              cy="10"
              r={RADIUS}
              stroke-dasharray={`${left.toFixed(1)} ${CIRCUMFERENCE.toFixed(1)}`}
              transform="rotate(-90 10 10)"
            />
            {time.state === 'expiring' && <path class="stroke warn" d="M10 6.8v3.6M10 13v.1" />}
          </>
        );
      }
    }
  };
  return (
    <svg class="ring" viewBox="0 0 20 20" aria-hidden="true">
      {sign()}
    </svg>
  );
};
