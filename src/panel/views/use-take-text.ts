import { usePanel } from './panel-context.ts';

/** Gives a verb that adds the tokens of a text to the list and selects the first; false when there is none. */
export const useTakeText = () => {
  const { source, log, selection, tell } = usePanel();
  return async (text: string, kind: 'paste' | 'selection'): Promise<boolean> => {
    const { readPasted } = await import('../../core/capture/pasted.ts');
    const { tokens, forgiven } = readPasted(text);
    if (tokens.length === 0) return false;
    const [first] = await log.add(tokens, { kind, name: '' });
    selection.select(first);
    tell(forgiven.map((code) => source.text(`forgiven_${code}`)).join(' '));
    return true;
  };
};
