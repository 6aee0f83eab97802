import { usePanel } from './panel-context.ts';

/** Characters read of a text: the longest token is read four times over, and the panel stays awake. */
const MAX_READ = 1_000_000;

/** Gives a verb that adds the tokens of a text to the list and selects the first; false when there is none. */
export const useTakeText = () => {
  const { source, log, selection, tell } = usePanel();
  return async (text: string, kind: 'paste' | 'selection'): Promise<boolean> => {
    const { readPasted } = await import('../../core/capture/pasted.ts');
    const { tokens, forgiven } = readPasted(text.slice(0, MAX_READ));
    if (tokens.length === 0) return false;
    const [first] = await log.add(tokens, { kind, name: '' });
    selection.select(first);
    const told = forgiven.map((code) => source.text(`forgiven_${code}`));
    if (text.length > MAX_READ) told.push(source.text('paste_cut'));
    tell(told.join(' '));
    return true;
  };
};
