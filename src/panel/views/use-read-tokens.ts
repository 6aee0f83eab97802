import { usePanel } from './panel-context.ts';

/** Characters read of a text: the longest token is read four times over, and the panel stays awake. */
const MAX_READ = 1_000_000;

/** Gives a verb that finds the tokens in a text, and tells what it passed over on the way; of none it tells nothing. */
export const useReadTokens = () => {
  const { source, tell } = usePanel();
  return async (text: string): Promise<readonly string[]> => {
    const { readPasted } = await import('../../core/capture/pasted.ts');
    const { tokens, forgiven } = readPasted(text.slice(0, MAX_READ));
    if (tokens.length === 0) return tokens;
    const told = forgiven.map((code) => source.text(`forgiven_${code}`));
    if (text.length > MAX_READ) told.push(source.text('paste_cut'));
    tell(told.join(' '));
    return tokens;
  };
};
