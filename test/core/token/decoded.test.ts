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
  b64: true,
  b64_differs: true,
  member_type: true,
  member_extra: true,
  header_conflict: true,
  not_protected: true,
  too_many: true,
  tilde_missing: true,
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
  const read = (file: string): object => JSON.parse(readFileSync(`src/_locales/en/${file}.json`, 'utf8'));
  const more = Object.entries(read('sd-jwt')).filter(([key]) => key.startsWith('problem_'));
  const texts = { ...read('problems'), ...Object.fromEntries(more) };
  const keys = [
    ...Object.keys(CODES).map((code) => `problem_${code}`),
    'problem_json_ends', // `json` without a detail
    ...Object.keys(SEGMENTS).map((segment) => `segment_${segment}`),
  ];
  expect(Object.keys(texts).toSorted()).toEqual(keys.toSorted());
});
