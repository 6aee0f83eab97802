import { scaleTime } from 'd3-scale';
import { useMemo } from 'preact/hooks';
import { presentOf } from '../model/present.ts';
import type { TimeWindow } from '../model/timeline-window.ts';
import { usePanel } from './panel-context.ts';

/** Height of the axis above the rows, in px; `timeline.css` says the same. */
export const AXIS_HEIGHT = 26;
/** From one label to the next, in px: as it looks well, and at least. */
const LABEL_WIDTH = 90;
const LEAST_WIDTH = 56;
/** Room for the word at the line of this moment, in px. */
const NOW_WIDTH = 70;

const SECOND = 1000;
const DAY = 86_400 * SECOND;

const MINUTES: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const SECONDS: Intl.DateTimeFormatOptions = { ...MINUTES, second: '2-digit' };

/** As much of a date as ticks of this distance (in ms) differ in. */
const formatOf = (step: number): Intl.DateTimeFormatOptions => {
  if (step < SECOND) return { ...SECONDS, fractionalSecondDigits: 3 };
  if (step < 60 * SECOND) return SECONDS;
  if (step < DAY) return MINUTES;
  if (step < 28 * DAY) return { day: 'numeric', month: 'short' };
  return step < 365 * DAY ? { month: 'short', year: 'numeric' } : { year: 'numeric' };
};

const isMidnight = (date: Date): boolean => date.getHours() + date.getMinutes() + date.getSeconds() === 0;

/** The ticks of a stretch of time, in local time and in the person's language; a day's begin by its date. */
export const ticksOf = ({ from, to }: TimeWindow, width: number, language: string) => {
  const scale = scaleTime([from, to], [0, width]);
  let wanted = Math.max(2, Math.floor(width / LABEL_WIDTH));
  let ticks = scale.ticks(wanted);
  // d3 gives about as many as are asked for, and at times many more.
  while (ticks.length * LEAST_WIDTH > width && wanted > 1) {
    wanted -= 1;
    ticks = scale.ticks(wanted);
  }
  const step = (ticks[1]?.getTime() ?? to) - (ticks[0]?.getTime() ?? from);
  const format = new Intl.DateTimeFormat(language, formatOf(step));
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  return ticks.map((date) => ({
    at: date.getTime(),
    x: scale(date),
    text: (step < DAY && isMidnight(date) ? day : format).format(date),
  }));
};

/** The time that is shown, with a line for each tick down through all rows. */
export const TimelineAxis = ({ window, left, width }: { window: TimeWindow; left: number; width: number }) => {
  const { source } = usePanel();
  const ticks = useMemo(() => ticksOf(window, width, source.language), [window, width, source]);
  return (
    <svg class="timeline-axis" aria-hidden="true">
      {ticks.map(({ at, x, text }) => (
        <g key={at} transform={`translate(${Math.round(left + x) + 0.5} 0)`}>
          <line y1={AXIS_HEIGHT - 5} y2="100%" />
          <text x={4} y={AXIS_HEIGHT - 10}>
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
};

/** The line of this moment, which moves (in a log out of a file that of its end, unless it is judged as of now); what is to come lies under a veil. */
export const TimelineNow = ({ window, left, width }: { window: TimeWindow; left: number; width: number }) => {
  const model = usePanel();
  const { source, imported } = model;
  const x = scaleTime([window.from, window.to], [0, width])(presentOf(model).value);
  if (x > width) return null;
  const at = Math.max(0, x);
  return (
    <svg class="timeline-now" aria-hidden="true">
      <rect class="veil" x={left + at} y={AXIS_HEIGHT} width={Math.max(0, width - at)} height="100%" />
      {x >= 0 && (
        <>
          <line x1={left + x} x2={left + x} y1={AXIS_HEIGHT - 4} y2="100%" />
          <text
            x={left + x + (x > width - NOW_WIDTH ? -5 : 5)}
            y="100%"
            dy={-7}
            text-anchor={x > width - NOW_WIDTH ? 'end' : 'start'}
          >
            {source.text(imported?.isThen.value ? 'timeline_end' : 'timeline_now')}
          </text>
        </>
      )}
    </svg>
  );
};
