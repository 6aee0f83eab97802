import type { Problem } from '../../core/token/decoded.ts';
import type { PanelSource } from '../source.ts';

/** What is wrong with a token, where, and what to do, as one sentence. */
export const problemSentence = (
  source: PanelSource,
  { code, segment, offset, detail, line, column }: Problem,
): string =>
  source.text(
    // JSON that ends too early broke at nothing that could be quoted.
    `problem_${code === 'json' && detail === '' ? 'json_ends' : code}`,
    source.text(`segment_${segment}`),
    String(offset + 1),
    detail ?? '',
    String(line ?? ''),
    String(column ?? ''),
  );
