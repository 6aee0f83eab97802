import { useLayoutEffect, useRef } from 'preact/hooks';
import { DropZone } from './drop-zone.tsx';
import { ImportBar } from './import-bar.tsx';
import { LogStrip } from './log-strip.tsx';
import { PanelContext, useLogs } from './panel-context.ts';

/** What stands around the log that is shown: the others, the file that it came out of, and the place for more files. */
export const LogFrame = () => {
  const { all, current } = useLogs();
  const { id, model } = current.value;
  const count = all.value.length;
  const isFirst = useRef(true);
  // What had the focus may have gone with its log, or with the strip.
  useLayoutEffect(() => {
    if (!isFirst.current && document.activeElement === document.body) {
      document.querySelector<HTMLElement>(':is(.logs, .tabs) [aria-selected="true"]')?.focus();
    }
    isFirst.current = false;
  }, [id, count]);
  return (
    <>
      {count > 1 && <LogStrip />}
      <PanelContext.Provider key={id} value={model}>
        {model.imported && <ImportBar imported={model.imported} />}
        <DropZone />
      </PanelContext.Provider>
    </>
  );
};
