import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ProblemCode, Segment } from '../../../src/core/token/decoded.ts';

/** Records, so that the compiler sees to it that none is missing. */
const CODES: Record<ProblemCode, true> = {
  segments: true,
  empty_segment: true,
  character: true,
  padding: true,
  white_space: true,
  length: true,
  trailing_bits: true,
  utf8: true,
  json: true,
  not_object: true,
  duplicate_member: true,
  truncated: true,
  too_large: true,
  too_deep: true,
};
const SEGMENTS: Record<Segment, true> = {
  token: true,
  header: true,
  payload: true,
  signature: true,
  encrypted_key: true,
  iv: true,
  ciphertext: true,
  tag: true,
};

it('has a sentence for each problem and a name for each segment', () => {
  const texts: object = JSON.parse(readFileSync('src/_locales/en/problems.json', 'utf8'));
  const keys = [
    ...Object.keys(CODES).map((code) => `problem_${code}`),
    'problem_json_ends', // `json` without a detail
    ...Object.keys(SEGMENTS).map((segment) => `segment_${segment}`),
  ];
  expect(Object.keys(texts).toSorted()).toEqual(keys.toSorted());
});
