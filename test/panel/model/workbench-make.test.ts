import { beforeAll, expect, test } from 'vitest';
import { ALGORITHMS } from '../../../src/core/trust/algorithms.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { makeToken, type Wanted } from '../../../src/panel/model/workbench-make.ts';
import { NO_ENCRYPTION } from '../../../src/panel/model/workbench-outer.ts';
import { blank, copied } from '../../../src/panel/model/workbench-start.ts';
import { createTools, type Tools } from '../../../src/panel/model/workbench-tools.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { given } from '../../fixtures/keys.ts';
import { CLAIMS, hmacToken, SECRET } from '../../fixtures/tokens.ts';

let tools: Tools;
beforeAll(() => {
  tools = createTools();
});

const NO_KEY = { text: '', reading: undefined };
const wanted = async (change: Partial<Wanted> = {}, key = ''): Promise<Wanted> => {
  const begun = change.begun ?? blank(NOW);
  return {
    texts: begun,
    begun,
    mode: 'key',
    key: key === '' ? NO_KEY : { text: key, reading: await tools.read(key) },
    choice: 'text',
    encryption: NO_ENCRYPTION,
    encryptionKey: NO_KEY,
    ring: [],
    own: (issuer): RingKey | undefined => (key === '' ? undefined : given(key, 'given', 1, issuer)),
    ...change,
  };
};

test.each([...ALGORITHMS.keys()].filter((alg) => alg !== 'none'))(
  'a key made for %s signs, and verifies',
  async (alg) => {
    const made = await tools.generate(alg);
    if ('state' in made) throw new Error(made.reason);
    const texts = { header: JSON.stringify({ alg }), payload: '{}' };
    expect(await makeToken(await wanted({ texts }, made.jwk), tools)).toMatchObject({
      ...{ answer: { state: 'verified', alg }, byOwnKey: true, decoded: { payloadText: '{}' } },
    });
  },
);

test('the key of the ring that verifies the original judges its copy, whoever that says to be from', async () => {
  const begun = copied(hmacToken(SECRET), undefined);
  const payload = JSON.stringify({ ...CLAIMS, iss: 'https://evil.test' });
  const made = await makeToken(
    await wanted({ begun, mode: 'original', texts: { ...begun, payload }, ring: [given(SECRET)] }),
    tools,
  );
  expect(made).toMatchObject({ answer: { state: 'mismatch', key: { id: given(SECRET).id } }, byOwnKey: false });
});

test('alg none and a missing alg are not signed', async () => {
  const of = async (header: string) => makeToken(await wanted({ texts: { header, payload: '{}' } }, SECRET), tools);
  expect(await of('{"alg":"none"}')).toMatchObject({ state: 'unsecured' });
  expect(await of('{}')).toMatchObject({ reason: 'alg_missing' });
  expect(await of('{"alg":1}')).toMatchObject({ reason: 'alg_missing' });
});

test('the JWE names the key that it is for', async () => {
  const made = await tools.generate('ECDH-ES');
  if ('state' in made) throw new Error(made.reason);
  const encryptionKey = { text: made.jwk, reading: await tools.read(made.jwk) };
  const encryption = { ...NO_ENCRYPTION, on: true, alg: 'ECDH-ES' };
  expect(await makeToken(await wanted({ encryption, encryptionKey }, SECRET), tools)).toMatchObject({
    decoded: { form: 'jwe', header: { alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT', kid: made.key.kid } },
    answer: { state: 'verified' },
  });
});
