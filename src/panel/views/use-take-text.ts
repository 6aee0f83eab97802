import { usePanel } from './panel-context.ts';
import { useReadTokens } from './use-read-tokens.ts';

/** Gives a verb that adds the tokens of a text to the list and selects the first; false when there is none. */
export const useTakeText = () => {
  const { log, selection } = usePanel();
  const read = useReadTokens();
  return async (text: string, kind: 'paste' | 'selection'): Promise<boolean> => {
    const tokens = await read(text);
    if (tokens.length === 0) return false;
    const [first] = await log.add(tokens, { kind, name: '' });
    selection.select(first);
    return true;
  };
};
