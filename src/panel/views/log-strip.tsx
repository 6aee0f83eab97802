import { useLayoutEffect, useRef } from 'preact/hooks';
import { shortName } from '../model/file-name.ts';
import type { OpenLog } from '../model/logs.ts';
import { useLogs } from './panel-context.ts';

/** MouseEvent.button of the wheel, which closes tabs everywhere. */
const MIDDLE = 1;

const idOf = ({ id }: OpenLog) => `log-${id}`;

/** How much of a file has been read, while it is; '' else. */
const progressOf = ({ model: { imported, source } }: OpenLog): string => {
  if (!imported || !['waiting', 'reading'].includes(imported.state.value)) return '';
  const share = imported.size > 0 ? imported.read.value / imported.size : 0;
  return new Intl.NumberFormat(source.language, { style: 'percent' }).format(Math.min(1, share));
};

/** The open logs as tabs: arrow keys move, Delete closes one that came out of a file. */
export const LogStrip = () => {
  const logs = useLogs();
  const strip = useRef<HTMLDivElement>(null);
  const { text, captures } = logs.live.source;
  const open = logs.all.value;
  const current = logs.current.value;
  const own = text(captures ? 'log_live' : 'log_pasted');
  const nameOf = ({ model: { imported } }: OpenLog) => (imported ? shortName(imported.name) : own);

  useLayoutEffect(() => {
    // With its cross.
    strip.current?.querySelector('.current')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Delete') {
      event.preventDefault();
      logs.close(current.id);
      return;
    }
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };
    const next = open[open.indexOf(current) + (steps[event.key] ?? 0)];
    if (!next || next === current) return;
    event.preventDefault();
    logs.show(next.id);
    document.getElementById(idOf(next))?.focus();
  };

  return (
    <nav class="logs" aria-label={text('logs_name')}>
      <div role="tablist" aria-label={text('logs_name')} ref={strip} onKeyDown={onKeyDown}>
        {open.map((log) => (
          <span key={log.id} role="presentation" class={log === current ? 'current' : ''}>
            <button
              type="button"
              role="tab"
              id={idOf(log)}
              aria-selected={log === current}
              aria-keyshortcuts={log.id === 0 ? undefined : 'Delete'}
              tabIndex={log === current ? 0 : -1}
              title={log.model.imported && text('log_close_hint', shortName(log.model.imported.name))}
              onClick={() => logs.show(log.id)}
              onAuxClick={(event) => event.button === MIDDLE && logs.close(log.id)}
            >
              {nameOf(log)}
              <span class="dim"> {progressOf(log)}</span>
            </button>
            {log.id !== 0 && (
              // For the pointer: a tab list holds nothing but tabs, and by keyboard it is Delete.
              <span class="close" aria-hidden="true" title={text('log_close')} onClick={() => logs.close(log.id)}>
                ✕
              </span>
            )}
          </span>
        ))}
      </div>
    </nav>
  );
};
