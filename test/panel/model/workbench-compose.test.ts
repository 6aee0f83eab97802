import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerOf, inputOf, isUntouched, saysPlain, withOriginal } from '../../../src/panel/model/workbench-compose.ts';
import { blank, copied } from '../../../src/panel/model/workbench-start.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { compact } from '../../fixtures/tokens.ts';

/** What has octets: half of a surrogate pair has none. */
const anyText = fc.string({ unit: 'binary' });
const octetsOf = (segment: string | undefined) => Buffer.from(segment ?? '', 'base64url').toString();
const anyToken = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'Z', '0', '-', '_', '.', '.', '~', '=', '+', ' ', '{', '"') }),
  fc
    .tuple(anyText, anyText, fc.constantFrom('', 'c2ln', 'x', '~a~', '.b'))
    .map(([header, payload, rest]) => compact(header, payload, rest)),
);

test('the octets that are signed are those that were typed', () => {
  fc.assert(
    fc.property(anyText, anyText, anyToken, (header, payload, token) => {
      const texts = { header, payload };
      for (const begun of [blank(NOW), copied(token, undefined)]) {
        const [first, second] = inputOf(texts, begun, false).split('.');
        if (header !== begun.header) expect(octetsOf(first)).toBe(header);
        if (payload !== begun.payload) expect(octetsOf(second)).toBe(payload);
      }
    }),
    { numRuns: 500 },
  );
});

test('a copy of any text that nobody touches is that text, and is never an error', () => {
  fc.assert(
    fc.property(fc.oneof(anyToken, anyText), (token) => {
      const begun = copied(token, undefined);
      expect(isUntouched(begun, begun)).toBe(true);
      expect(begun.captured?.compact).toBe(token);
    }),
    { numRuns: 500 },
  );
});

test('the signature, and what follows it, is that of the original', () => {
  const sd = copied(`${compact({ alg: 'ES256' })}c2ln~a~b~`, undefined);
  if (!sd.captured) throw new Error('no copy');
  expect(withOriginal('new.input', sd, sd.captured)).toBe('new.input.c2ln~a~b~');
  const jwe = copied(`${compact({ alg: 'dir', enc: 'A256GCM' }, '')}aXY.Yw.dGFn`, undefined);
  if (!jwe.captured) throw new Error('no copy');
  expect(withOriginal('new.', jwe, jwe.captured)).toBe('new..aXY.Yw.dGFn');
  expect(withOriginal('new.text', { ...jwe, payload: 'text' }, jwe.captured)).toBe('new.text.');
});

test('a payload is plain where b64 is false and crit names it', () => {
  const says = (header: string) => saysPlain(headerOf(header));
  expect(says('{"b64":false,"crit":["b64"]}')).toBe(true);
  expect(says('{"b64":false}')).toBe(false);
  expect(says('{"b64":true,"crit":["b64"]}')).toBe(false);
  expect(says('{"b64":false,"crit":"b64"}')).toBe(false);
  expect(says('["b64"]')).toBe(false);
});

test('what was plain and is no longer is encoded, and the other way round', () => {
  const plain = '{"b64":false,"crit":["b64"]}';
  const begun = copied(`${compact(plain).split('.')[0]}.text.c2ln`, undefined);
  expect(begun).toMatchObject({ payload: 'text', isText: true });
  expect(inputOf(begun, begun, true).split('.')[1]).toBe('text');
  expect(octetsOf(inputOf({ ...begun, header: '{}' }, begun, false).split('.')[1])).toBe('text');
});
