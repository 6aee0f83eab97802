import type { ComponentChildren } from 'preact';
import { IconButton } from './icon-button.tsx';
import { usePanel } from './panel-context.ts';
import type { ShownTime } from './use-time-window.ts';

/** What each shape means, in a line. */
const Legend = () => {
  const { source } = usePanel();
  const shapes = [
    ['life', <path key="b" class="life valid body" d="M1 3h20v8H1Z" />],
    ['request', <path key="t" class="tick" d="M11 2v10" />],
    ['refused', <path key="c" class="cross" d="M7 3l8 8m0-8l-8 8" />],
    ['refresh', <path key="j" class="joint refresh" d="M11 2l5 5-5 5-5-5Z" />],
    ['login', <circle key="l" class="joint login" cx="11" cy="7" r="4.5" />],
    ['outlives', <path key="o" class="tail" d="M1 7h20" />],
  ] as const;
  return (
    <span class="timeline-legend" aria-hidden="true">
      {shapes.map(([name, shape]) => (
        <span key={name}>
          <svg viewBox="0 0 22 14" aria-hidden="true">
            {shape}
          </svg>{' '}
          {source.text(`timeline_legend_${name}`)}
        </span>
      ))}
    </span>
  );
};

/** Above the plot: zoom, what the shapes mean, and the way to the table. */
export const TimelineControls = ({ time, toggle }: { time: ShownTime; toggle: ComponentChildren }) => {
  const { source } = usePanel();
  return (
    <div class="bar timeline-bar">
      <IconButton name={source.text('timeline_zoom_in')} run={() => time.zoomIn()}>
        +
      </IconButton>
      <IconButton name={source.text('timeline_zoom_out')} run={() => time.zoomOut()}>
        −
      </IconButton>
      <button
        type="button"
        aria-label={source.text('timeline_zoom_all')}
        // Disabled as it is pressed, it would lose the focus.
        aria-disabled={time.isAll}
        onClick={time.showAll}
      >
        {source.text('timeline_all')}
      </button>
      <span class="separator" />
      <Legend />
      <span class="grow" />
      {toggle}
    </div>
  );
};
