import { problemText } from '../../core/judge/problem-text.ts';
import type { Problem } from '../../core/token/decoded.ts';
import type { PanelSource } from '../source.ts';

/** What is wrong with a token, where, and what to do, as one sentence. */
export const problemSentence = (source: PanelSource, problem: Problem): string => problemText(problem, source.text);
