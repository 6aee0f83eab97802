import { usePanel } from './panel-context.ts';
import { TokenDialog } from './token-dialog.tsx';
import { useTakeText } from './use-take-text.ts';

/** Decodes what is pasted. */
export const PasteDialog = ({ onClose }: { onClose: () => void }) => {
  const { source } = usePanel();
  const take = useTakeText();
  return (
    <TokenDialog
      title={source.text('paste_title')}
      action={source.text('paste_decode')}
      take={(text) => take(text, 'paste')}
      onClose={onClose}
    />
  );
};
