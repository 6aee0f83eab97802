import { expect, test } from 'vitest';
import { namesOf } from '../../../src/core/report/log-names.ts';
import { exchange, log, token } from './logs.ts';

const at = (compact: string, firstSeen: number) => ({ ...token(compact), firstSeen });

test('a record keeps its name while the log grows, in whatever order the panel lists it', () => {
  const before = namesOf(
    log({ tokens: [at('b', 2), at('a', 1)], exchanges: [exchange('/2', { id: 'r-2', start: 2 })] }),
  );
  const after = namesOf(
    log({
      tokens: [at('c', 3), at('b', 2), at('a', 1)],
      exchanges: [exchange('/3', { id: 'r-3', start: 3 }), exchange('/2', { id: 'r-2', start: 2 })],
    }),
  );
  expect([...after.tokens]).toEqual([...before.tokens, ['sum-c', 'token-3']]);
  expect([...after.exchanges]).toEqual([...before.exchanges, ['r-3', 'exchange-2']]);
  expect(after.compacts.get('a')).toBe('token-1');
});

test('a name out of another file stays, and is given to nobody else', () => {
  const removed = { name: 'token-1', segments: [], problems: [] };
  const names = namesOf(log({ tokens: [at('new', 1), { ...at('old', 2), removed }, { ...at('false', 3), removed }] }));
  expect(names.tokens).toEqual(
    new Map([
      ['sum-old', 'token-1'],
      ['sum-new', 'token-4'],
      ['sum-false', 'token-3'],
    ]),
  );
});
