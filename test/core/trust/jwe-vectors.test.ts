/** JWE vectors that no one here wrote: RFC 7516, RFC 7519, the cookbook (RFC 7520, RFC 8037) and Wycheproof, beside the checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runJweVectors, unexpectedJwe, type VectorResult } from '../../vectors/jwe.ts';
import { runJweRoundTrips } from '../../vectors/jwe-round-trips.ts';

const ROOT = '../shared/vectors';
const PATHS = [
  ...(existsSync(ROOT) ? readdirSync(`${ROOT}/cookbook/jwe`).map((file) => `cookbook/jwe/${file}`) : []),
  'cookbook/curve25519/ecdh-es.json',
  'cookbook/6.nesting_signatures_and_encryption.json',
  'spec-examples/rfc7516-7519-jwe.json',
  'wycheproof-jwe/json_web_encryption_test.json',
];

test.runIf(existsSync(ROOT))('every vector, each deviation by name', async () => {
  const files = PATHS.map((path) => ({
    path,
    content: JSON.parse(readFileSync(`${ROOT}/${path}`, 'utf8')) as unknown,
  }));
  const results: VectorResult[] = [];
  for await (const result of runJweVectors(files)) results.push(result);
  expect(results.length).toBeGreaterThanOrEqual(139 + 6 + 3 + 3 + 30);
  expect(unexpectedJwe(results, { aes192: true })).toEqual({ results: [], deviations: [] });
});

test('what this jose seals is opened, every algorithm with every other', async () => {
  const results: VectorResult[] = [];
  for await (const result of runJweRoundTrips()) results.push(result);
  expect(results.length).toBe(18 * 6 + 3 * 4);
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
});

if (!existsSync(ROOT)) console.warn(`SKIPPED: no ${ROOT}, so its JWE vectors were not tried`);
