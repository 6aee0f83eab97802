import { useLayoutEffect, useState } from 'preact/hooks';
import { usePanel } from './panel-context.ts';

/** How far one press of an arrow key moves it, in percent. */
const STEP = 4;
const MIN = 15;
const MAX = 85;

/** Where the list stands above the detail; the style sheet's container query says the same. */
const NARROW = '(max-width: 640px)';

const clamp = (percent: number) => Math.round(Math.max(MIN, Math.min(MAX, percent)) * 10) / 10;

/** The bar between list and detail: dragged, or moved with the arrow keys. */
export const Splitter = () => {
  const { source, settings } = usePanel();
  const [stacked, setStacked] = useState(() => matchMedia(NARROW).matches);
  useLayoutEffect(() => {
    const narrow = matchMedia(NARROW);
    const follow = () => setStacked(narrow.matches);
    narrow.addEventListener('change', follow);
    return () => narrow.removeEventListener('change', follow);
  }, []);
  const move = (split: number) => source.saveSettings({ split: clamp(split) });

  const onPointerDown = (event: PointerEvent) => {
    const bar = event.currentTarget;
    if (!(bar instanceof HTMLElement) || !bar.parentElement) return;
    const box = bar.parentElement.getBoundingClientRect();
    let split = settings.peek().split;
    const onMove = (to: PointerEvent) => {
      split = clamp(100 * (stacked ? (to.clientY - box.top) / box.height : (to.clientX - box.left) / box.width));
      bar.parentElement?.style.setProperty('--split', `${split}%`);
    };
    bar.setPointerCapture(event.pointerId);
    bar.addEventListener('pointermove', onMove);
    bar.addEventListener(
      'lostpointercapture',
      () => {
        bar.removeEventListener('pointermove', onMove);
        move(split);
      },
      { once: true },
    );
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const back = event.key === 'ArrowLeft' || event.key === 'ArrowUp';
    const on = event.key === 'ArrowRight' || event.key === 'ArrowDown';
    if (!back && !on) return;
    event.preventDefault();
    move(settings.peek().split + (back ? -STEP : STEP));
  };

  return (
    <hr
      class="splitter"
      tabIndex={0}
      aria-label={source.text('splitter_name')}
      aria-orientation={stacked ? 'horizontal' : 'vertical'}
      aria-valuenow={Math.round(settings.value.split)}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
};
