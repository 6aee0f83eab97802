import type { Problem } from '../token/decoded.ts';
import type { Text } from './duration.ts';

/** What is wrong with a token, where, and what to do, as one sentence. */
export const problemText = ({ code, segment, offset, detail, line, column }: Problem, text: Text): string =>
  text(
    // JSON that ends too early broke at nothing that could be quoted.
    `problem_${code === 'json' && detail === '' ? 'json_ends' : code}`,
    text(`segment_${segment}`),
    String(offset + 1),
    detail ?? '',
    String(line ?? ''),
    String(column ?? ''),
  );
