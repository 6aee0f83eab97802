import { usePanel } from './panel-context.ts';
import { TokenDialog } from './token-dialog.tsx';
import { useReadTokens } from './use-read-tokens.ts';
import { useWorkbench } from './use-workbench.ts';

/** Begins with a copy of the first token in a text. */
export const WorkbenchLoad = ({ onClose }: { onClose: () => void }) => {
  const { source } = usePanel();
  const { edit } = useWorkbench();
  const read = useReadTokens();
  const take = async (text: string): Promise<boolean> => {
    const [first] = await read(text);
    if (first !== undefined) edit(first);
    return first !== undefined;
  };
  return (
    <TokenDialog
      title={source.text('workbench_load_title')}
      action={source.text('workbench_load_action')}
      take={take}
      onClose={onClose}
    />
  );
};
