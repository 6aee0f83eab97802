import type { JointCode } from '../../core/judge/lineage.ts';
import { issuerOf, subjectOf } from '../model/labels.ts';
import type { Bar, DrawnJoint, Mark, RowLayout } from '../model/timeline-layout.ts';
import { usePanel } from './panel-context.ts';
import type { TimelineWords } from './timeline-words.ts';
import { VisibleText } from './visible-text.tsx';

/** In px: height of a row, and from its top the middle of its bars, and the line of what outlived its successor. */
export interface Geometry {
  readonly height: number;
  readonly lane: number;
  readonly below: number;
}

/** `timeline.css` says the same. In a narrow panel the name stands above the bars. */
export const WIDE: Geometry = { height: 44, lane: 23, below: 35 };
export const NARROW: Geometry = { height: 62, lane: 41, below: 53 };

const HALF_BAR = 7;
const CROSS = 4.5;
/** Above the bars: how late a refresh came. */
const NOTE = 11;
/** Width of a character of a note in px, for those of Latin script and wider ones. */
const NARROW_CHARACTER = 6;
const WIDE_CHARACTER = 11.5;

const JOINTS: Readonly<Record<JointCode, string>> = {
  refresh: 'M0-6 6 0 0 6-6 0Z',
  login: 'M5 0A5 5 0 1 1-5 0 5 5 0 1 1 5 0Z',
  response: 'M-4.5-4.5h9v9h-9Z',
  replaced: 'M-4.5-4.5h9v9h-9Z',
  use: 'M-1.5-8h3V8h-3Z',
};

const barPath = ({ x, end, left, right }: Bar, lane: number): string => {
  const width = Math.max(2, end - x);
  const [top, bottom, to] = [lane - HALF_BAR, lane + HALF_BAR, x + width];
  const corner = Math.min(3, width / 2);
  const start =
    left === 'here'
      ? `M${x + corner} ${bottom}Q${x} ${bottom} ${x} ${bottom - corner}V${top + corner}Q${x} ${top} ${x + corner} ${top}`
      : `M${x} ${bottom}V${top}`;
  return right === 'here'
    ? `${start}H${to - corner}Q${to} ${top} ${to} ${top + corner}V${bottom - corner}Q${to} ${bottom} ${to - corner} ${bottom}Z`
    : `${start}H${to}V${bottom}Z`;
};

const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (character > '\u2000' ? WIDE_CHARACTER : NARROW_CHARACTER), 0);

/** Where the words on late refreshes have room beside each other. */
const notesOf = (joints: readonly DrawnJoint[], words: TimelineWords, late: (long: string) => string) => {
  let free = 0;
  return joints.flatMap(({ gap, token }) => {
    if (!gap || gap.refused === 0) return [];
    const text = late(words.long(gap.ms));
    const half = widthOf(text) / 2;
    const middle = Math.max(half, (gap.x + gap.end) / 2);
    if (middle - half < free) return [];
    free = middle + half + 6;
    return [{ text, x: middle, token }];
  });
};

export interface RowProps {
  readonly layout: RowLayout;
  readonly geometry: Geometry;
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly words: TimelineWords;
  /** Of bars and refusals, by `barId` and `refusalId`. */
  readonly names: ReadonlyMap<string, string>;
  /** The one item of all that Tab reaches. */
  readonly current: string | undefined;
  readonly selected: string | undefined;
}

export const rowId = (layout: RowLayout): string => `row ${layout.row.id}`;
export const barId = (bar: Bar): string => `bar ${bar.link.token}`;
export const refusalId = ({ first: { exchange }, token }: Mark): string => `refusal ${exchange} ${token}`;
export const markId = ({ first: { exchange }, token }: Mark): string => `mark ${exchange} ${token}`;
export const jointId = ({ token }: DrawnJoint): string => `joint ${token}`;

const tickHeight = (count: number): number => 4 + Math.min(4, Math.log2(count));

/** One lineage: its name, the lives of its tokens one after the other, their requests, and how they were renewed. */
export const TimelineRow = ({ layout, geometry, top, left, width, words, names, current, selected }: RowProps) => {
  const { source } = usePanel();
  const { row, bars, marks, refusals, joints } = layout;
  const { lane, below, height } = geometry;
  const { newest, links } = row;
  const about = [subjectOf(newest), issuerOf(newest), row.client].filter((one) => one !== undefined);
  // In lower case, since the names of an SVG's attributes are told apart by it.
  const item = (id: string) => ({ 'data-item': id, tabindex: current === id ? 0 : -1 });
  const notes = notesOf(joints, words, (long) => source.text('timeline_late', long));
  return (
    <section class="timeline-row" aria-label={words.token(newest)} style={{ top: `${top}px`, height: `${height}px` }}>
      <button
        type="button"
        class="timeline-label"
        style={left > 0 ? { width: `${left}px` } : {}}
        {...item(rowId(layout))}
        title={source.text('timeline_show_row')}
      >
        <b class="cut">
          {source.text(`kind_${newest.kind}`)}
          {links.length > 1 && <span class="dim"> × {links.length}</span>}
        </b>
        <span class="cut dim">
          <VisibleText text={[...new Set(about)].join(' · ')} />
        </span>
      </button>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: what is in it has names of its own */}
      <svg style={{ left: `${left}px`, width: `${width}px`, height: `${height}px` }}>
        {bars.map((bar) => {
          const id = barId(bar);
          return (
            // biome-ignore lint/a11y/useSemanticElements: SVG has no button
            <g
              key={id}
              class={`life ${bar.state} ${bar.link.token === selected ? 'selected' : ''}`}
              role="button"
              aria-label={names.get(id)}
              {...item(id)}
            >
              <rect
                class="halo"
                x={bar.x - 2}
                y={lane - 10}
                width={Math.max(4, bar.end - bar.x + 4)}
                height={20}
                rx={5}
              />
              {bar.tail !== undefined && <path class="tail" d={`M${bar.end} ${below}H${bar.tail}`} />}
              <path class="body" d={barPath(bar, lane)} />
              {bar.expires && bar.right === 'here' && <path class="stop" d={`M${bar.end} ${lane - 10}v20`} />}
              {bar.right === 'open' && <path class="arrow" d={`M${width - 9} ${lane - 4}l4 4-4 4`} />}
            </g>
          );
        })}
        {joints.map(({ gap, token }) =>
          gap && gap.end - gap.x > 1 ? (
            <path key={`gap ${token}`} class={gap.refused > 0 ? 'gap bad' : 'gap'} d={`M${gap.x} ${lane}H${gap.end}`} />
          ) : null,
        )}
        {marks.map((mark) => {
          const half = tickHeight(mark.count);
          const y = mark.isLate ? below : lane;
          return (
            <path
              key={markId(mark)}
              class={mark.count > 1 ? 'tick many' : 'tick'}
              data-item={markId(mark)}
              d={`M${mark.x} ${y - half}v${2 * half}`}
            />
          );
        })}
        {joints
          .filter(({ x }) => x >= 0 && x <= width)
          .map((one) => (
            <path
              key={jointId(one)}
              class={`joint ${one.joint.code}`}
              data-item={jointId(one)}
              transform={`translate(${one.x} ${lane})`}
              d={JOINTS[one.joint.code]}
            />
          ))}
        {refusals.map((mark) => {
          const id = refusalId(mark);
          const y = mark.isLate ? below : lane;
          const cross = `M${mark.x - CROSS} ${y - CROSS}l${2 * CROSS} ${2 * CROSS}m0-${2 * CROSS}l-${2 * CROSS} ${2 * CROSS}`;
          return (
            // biome-ignore lint/a11y/useSemanticElements: SVG has no button
            <g key={id} class="refusal" role="button" aria-label={names.get(id)} {...item(id)}>
              <rect class="halo" x={mark.x - 8} y={y - 9} width={16} height={18} rx={5} />
              <path class="under" d={cross} />
              <path class="cross" d={cross} />
              {mark.count > 1 && (
                <text x={mark.x + 6} y={y - 5}>
                  {mark.count}
                </text>
              )}
            </g>
          );
        })}
        <g class="notes">
          {notes.map(({ text, x, token }) => (
            <text key={token} x={x} y={lane - NOTE - 1}>
              {text}
            </text>
          ))}
        </g>
      </svg>
    </section>
  );
};
