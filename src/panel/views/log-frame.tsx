import { DropZone } from './drop-zone.tsx';
import { ImportBar } from './import-bar.tsx';
import { LogStrip } from './log-strip.tsx';
import { PanelContext, useLogs } from './panel-context.ts';

/** What stands around the log that is shown: the others, the file that it came out of, and the place for more files. */
export const LogFrame = () => {
  const { all, current } = useLogs();
  const { id, model } = current.value;
  return (
    <>
      {all.value.length > 1 && <LogStrip />}
      <PanelContext.Provider key={id} value={model}>
        {model.imported && <ImportBar imported={model.imported} />}
        <DropZone />
      </PanelContext.Provider>
    </>
  );
};
