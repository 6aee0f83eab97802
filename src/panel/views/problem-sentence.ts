import type { Problem } from '../../core/token/decoded.ts';
import type { PanelSource } from '../source.ts';

/** What is wrong with a token, where, and what to do, as one sentence. */
export const problemSentence = (source: PanelSource, problem: Problem): string =>
  source.text(
    problem.code === 'json' && problem.detail === '' ? 'problem_json_ends' : `problem_${problem.code}`,
    source.text(`segment_${problem.segment}`),
    String(problem.offset + 1),
    problem.detail ?? '',
    String(problem.line ?? ''),
    String(problem.column ?? ''),
  );
