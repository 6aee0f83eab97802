import { useLayoutEffect, useState } from 'preact/hooks';
import type { Dialog } from '../model/model.ts';
import { usePanel } from './panel-context.ts';
import { useImport } from './use-import.ts';
import { useTakeText } from './use-take-text.ts';

/** `file`: read into a log of its own; `text`: decoded as if it were pasted; `none`: not here. */
type Kind = 'file' | 'text' | 'none';

/** What is dragged, if it is to be taken here; undefined where that is another's, or the browser's. */
const kindOf = (event: DragEvent, dialog: Dialog, isOwn: boolean): Kind | undefined => {
  const { target, dataTransfer, defaultPrevented } = event;
  // A box that takes keys, or what was marked in the panel itself.
  if (defaultPrevented || isOwn || !(target instanceof Element)) return undefined;
  const isFile = dataTransfer?.types.includes('Files') === true;
  // Let go, the browser would leave the panel for the file.
  if (dialog !== undefined && dialog !== 'import') return isFile ? 'none' : undefined;
  if (isFile) return 'file';
  if (dialog !== undefined || target.closest('input, textarea, .json-editor')) return undefined;
  return dataTransfer?.types.includes('text/plain') ? 'text' : undefined;
};

/** Takes what is dropped anywhere on the panel, and says so while it is above: files are imported, text is decoded. */
export const DropZone = () => {
  const { source, dialog, tell } = usePanel();
  const importFiles = useImport();
  const take = useTakeText();
  const [above, setAbove] = useState<Kind>();

  useLayoutEffect(() => {
    let isOwn = false;
    const onDragStart = () => {
      isOwn = true;
    };
    const onDragEnd = () => {
      isOwn = false;
      setAbove(undefined);
    };
    const onDragOver = (event: DragEvent) => {
      const kind = kindOf(event, dialog.peek(), isOwn);
      setAbove(kind === 'none' ? undefined : kind);
      if (!kind || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = kind === 'none' ? 'none' : 'copy';
    };
    const onDragLeave = (event: DragEvent) => {
      // From one element to the next it names the next.
      if (event.relatedTarget === null) setAbove(undefined);
    };
    const onDrop = (event: DragEvent) => {
      const kind = kindOf(event, dialog.peek(), isOwn);
      setAbove(undefined);
      if (!kind || !event.dataTransfer) return;
      event.preventDefault();
      if (kind === 'file') void importFiles([...event.dataTransfer.files]);
      if (kind !== 'text') return;
      void take(event.dataTransfer.getData('text/plain'), 'paste').then((found) => {
        if (!found) tell(source.text('paste_nothing'));
      });
    };
    const listened = new AbortController();
    const { signal } = listened;
    document.addEventListener('dragstart', onDragStart, { signal });
    document.addEventListener('dragend', onDragEnd, { signal });
    document.addEventListener('dragover', onDragOver, { signal });
    document.addEventListener('dragleave', onDragLeave, { signal });
    document.addEventListener('drop', onDrop, { signal });
    return () => listened.abort();
  }, [dialog]);

  return above ? (
    <div class="drop-hint" role="status">
      <p>{source.text(`drop_${above}`)}</p>
    </div>
  ) : null;
};
