import { usePanel } from './panel-context.ts';
import { TokenDialog } from './token-dialog.tsx';
import { useImport } from './use-import.ts';
import { useTakeText } from './use-take-text.ts';

/** What "Copy all as HAR" of the browsers' network panels copies, and what our own export does. */
const isLog = (text: string): boolean =>
  (/^\s*\{\s*"log"\s*:\s*\{/.test(text) && text.includes('"entries"')) || /^\s*\{\s*"claimcheck"\s*:\s*\d/.test(text);

/** Decodes what is pasted; of a whole log, it makes a log. */
export const PasteDialog = ({ onClose }: { onClose: () => void }) => {
  const { source, dialog } = usePanel();
  const take = useTakeText();
  const importFiles = useImport();
  const read = async (text: string): Promise<boolean> => {
    if (!isLog(text)) return take(text, 'paste');
    await importFiles([new File([text], source.text('paste_log'))]);
    return true;
  };
  // The dialogue of the import has taken its place.
  const close = () => dialog.peek() === 'paste' && onClose();
  return (
    <TokenDialog title={source.text('paste_title')} action={source.text('paste_decode')} take={read} onClose={close} />
  );
};
