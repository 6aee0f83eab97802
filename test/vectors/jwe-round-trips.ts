/** Every algorithm of JWE, sealed by jose where the test runs, and opened here, in Node or in a browser. */
import { CompactEncrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { decode } from '../../src/core/token/decode.ts';
import { createDecrypter } from '../../src/core/trust/decrypt.ts';
import { givenKeys, say } from './given.ts';
import type { Outcome } from './outcome.ts';

const SIZES = [128, 192, 256];
const CURVES = ['P-256', 'P-384', 'P-521', 'X25519'];
const AGREEMENT = ['ECDH-ES', ...SIZES.map((size) => `ECDH-ES+A${size}KW`)];
const ALGORITHMS = [
  'dir',
  ...['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'],
  ...AGREEMENT,
  ...SIZES.flatMap((size) => [`A${size}KW`, `A${size}GCMKW`]),
  ...['PBES2-HS256+A128KW', 'PBES2-HS384+A192KW', 'PBES2-HS512+A256KW'],
];
const CONTENT = [...SIZES.map((size) => `A${size}GCM`), 'A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512'];
const PLAINTEXT = '{"sub":"alice"}';

const CASES = [
  ...ALGORITHMS.flatMap((alg) => CONTENT.map((enc) => ({ alg, enc, crv: 'P-256' }))),
  ...CURVES.slice(1).flatMap((crv) => AGREEMENT.map((alg) => ({ alg, enc: 'A256GCM', crv }))),
].map((one) => ({ ...one, name: `${one.alg} ${one.enc}${one.alg.startsWith('ECDH') ? ` ${one.crv}` : ''}` }));

/** The names of all of them. */
export const JWE_ROUND_TRIPS: readonly string[] = CASES.map(({ name }) => name);

export interface SealedToken {
  readonly name: string;
  readonly token: string;
  /** The secret, or the private key. */
  readonly key: JWK;
}

const bitsOf = (alg: string, enc: string): number => {
  if (alg === 'dir') return Number(/HS(\d+)/.exec(enc)?.[1] ?? enc.slice(1, 4));
  return alg.startsWith('PBES2') ? 128 : Number(alg.slice(1, 4));
};

/** What makes keys once for each kind. */
const createKeys = () => {
  const pairs = new Map<string, Promise<JWK>>();
  const pair = async (alg: string, crv?: string): Promise<JWK> => {
    const { privateKey } = await generateKeyPair(alg, { extractable: true, ...(crv && { crv }) });
    return exportJWK(privateKey);
  };
  return (alg: string, enc: string, crv: string): Promise<JWK> | JWK => {
    if (!alg.startsWith('RSA') && !alg.startsWith('ECDH')) {
      const k = new Uint8Array(bitsOf(alg, enc) / 8).fill(alg.length);
      return { kty: 'oct', k: k.toBase64({ alphabet: 'base64url', omitPadding: true }) };
    }
    const id = alg.startsWith('RSA') ? 'RSA' : crv;
    const made = pairs.get(id) ?? (id === 'RSA' ? pair('RSA-OAEP') : pair('ECDH-ES', crv));
    pairs.set(id, made);
    return made;
  };
};

const seal = async (alg: string, enc: string, { kty, k, n, e, crv, x, y }: JWK): Promise<string> => {
  const members = kty === 'oct' ? { k } : kty === 'RSA' ? { n, e } : { crv, x, ...(y && { y }) };
  const sealer = new CompactEncrypt(new TextEncoder().encode(PLAINTEXT)).setProtectedHeader({ alg, enc });
  if (alg.startsWith('PBES2')) sealer.setKeyManagementParameters({ p2c: 1000 });
  return sealer.encrypt(await importJWK(JSON.parse(JSON.stringify({ kty, ...members })), alg));
};

/** A token of each algorithm with each content algorithm, and of each curve. Node can seal all of them, Chromium cannot. */
export const sealAll = async (): Promise<readonly SealedToken[]> => {
  const keyFor = createKeys();
  const sealed: SealedToken[] = [];
  for (const { name, alg, enc, crv } of CASES) {
    const key = await keyFor(alg, enc, crv);
    sealed.push({ name, token: await seal(alg, enc, key), key });
  }
  return sealed;
};

/** Opens each with its key. */
export const openAll = async (sealed: readonly SealedToken[]): Promise<readonly Outcome[]> => {
  const decrypt = createDecrypter();
  const outcomes: Outcome[] = [];
  for (const { name, token, key } of sealed) {
    const answer = await decrypt(decode(token), givenKeys([key]));
    outcomes.push({ name, ok: answer.content?.payloadText === PLAINTEXT, got: say(answer) });
  }
  return outcomes;
};
