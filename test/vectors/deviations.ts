/** The one list of what differs from the vectors, by name, with the reason. */
import { JWE_ROUND_TRIPS } from './jwe-round-trips.ts';
import type { Outcome } from './outcome.ts';

export type Platform = 'node' | 'chromium' | 'firefox';

export interface Deviation {
  readonly reason: string;
  /** What comes instead. */
  readonly got: string;
  readonly where: readonly Platform[];
  /** As the outcomes are called, whole. */
  readonly names: readonly string[];
}

const EVERYWHERE: readonly Platform[] = ['node', 'chromium', 'firefox'];
const AES_192 = 'Chromium intentionally takes no AES key of 192 bits (crbug.com/533699).';
const UNSUPPORTED = 'cannot_be_checked unsupported_here';

const of = (path: string, ...names: readonly string[]): readonly string[] => names.map((name) => `${path}: ${name}`);
const wycheproof = (...names: readonly string[]) => of('wycheproof-jwe/json_web_encryption_test.json', ...names);
const rfc = (...names: readonly string[]) => of('spec-examples/rfc7516-7519-jwe.json', ...names);

/** Of the files of `../shared/vectors`. */
const OF_FILES: readonly Deviation[] = [
  {
    reason: 'RSA1_5 (RSAES-PKCS1-v1_5) is in neither jose nor WebCrypto.',
    got: UNSUPPORTED,
    where: EVERYWHERE,
    names: [
      ...of(
        'cookbook/jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json',
        ...['compact', 'json', 'json_flat'],
      ),
      ...of('cookbook/jwe/5_13.encrypting_to_multiple_recipients.json', 'json, key 1 alone'),
      ...rfc('RFC7516 A.2 RSA1_5 A128CBC-HS256', 'RFC7519 A.1 encrypted JWT RSA1_5'),
      ...rfc('RFC7519 A.2 nested JWT (cty JWT) RSA1_5'),
      ...wycheproof('100 acceptsA128GCM', '101 acceptsA192GCM', '102 acceptsA256GCM'),
      ...wycheproof('103 acceptsA128CBC-HS256', '104 acceptsA192CBC-HS384', '105 acceptsA256CBC-HS512'),
      ...wycheproof('112 validPadding', '128 Figure81'),
    ],
  },
  {
    reason: AES_192,
    got: UNSUPPORTED,
    where: ['chromium'],
    names: [
      ...wycheproof('28 acceptsA192Gcm', '31 acceptsA192CbcHs384', '53 acceptsA192Gcm', '56 acceptsA192CbcHs384'),
      ...wycheproof('60 acceptsEcdhEsA192KwA192Gcm', '61 acceptsEcdhEsA192KwA192CbcHs384', '70 acceptsA192KW'),
      ...wycheproof('72 accepts192GCMKW', '77 acceptsEcdhEsA192Gcm', '80 acceptsEcdhEsA192CbcHs384'),
      ...wycheproof('83 acceptsRsaOaepA192GCM', '86 acceptsRsaOaepA192CbcHs384', '89 acceptsA192GCM'),
      ...wycheproof('92 acceptsA192CBC-HS384'),
    ],
  },
  {
    reason:
      'A key is tried for what it can do, not for what its `alg` says: the content is shown to the person who gave the key, and nobody else learns of it.',
    got: 'decrypted',
    where: EVERYWHERE,
    names: [
      ...wycheproof('106 GcmKeyUsedWithKw', '107 KwKeyUsedWithGcm', '108 GcmKeyUsedWithKw', '109 KwKeyUsedWithGcm'),
    ],
  },
  {
    reason: 'Wycheproof wants a parser of compact tokens to refuse JSON; this one reads both.',
    got: 'decrypted',
    where: EVERYWHERE,
    names: wycheproof('22 rejectsValidJsonSerialization'),
  },
  {
    reason: 'The header leaves `crit` out, so it must be refused (RFC 7797 section 6).',
    got: 'malformed b64_not_critical',
    where: EVERYWHERE,
    names: of('cookbook/rfc7797/4.2.hmac-sha2_b64_false.json', 'json', 'json_flat'),
  },
  {
    reason: 'The cookbook calls "json", which is the general serialisation elsewhere, what is flattened.',
    got: 'flattened',
    where: EVERYWHERE,
    names: [
      ...of('cookbook/jwe/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2.json', 'json is'),
      ...of('cookbook/jwe/5_6.direct_encryption_using_aes-gcm.json', 'json is'),
      ...of('cookbook/curve25519/ecdh-es.json', 'json is'),
    ],
  },
];

/** What is run: the files, a token of each JWS algorithm, one of each JWE algorithm; and how each part deviates. */
export const DEVIATIONS = {
  files: OF_FILES,
  signed: [],
  sealed: [
    {
      reason: AES_192,
      got: UNSUPPORTED,
      where: ['chromium'],
      names: JWE_ROUND_TRIPS.filter((name) => name.includes('192')),
    },
  ],
} as const satisfies Readonly<Record<string, readonly Deviation[]>>;

const judge = ({ name, ok, got }: Outcome, expected: string | undefined): string | undefined => {
  if (expected === undefined) return ok ? undefined : `${name}: ${got}`;
  return !ok && got === expected ? undefined : `${name}: ${got}, which differs from its deviation, ${expected}`;
};

const twiceIn = (names: readonly string[]): readonly string[] => names.filter((name, at) => names.indexOf(name) !== at);

/**
 * What the deviations of a part do not explain, one sentence each: outcomes that are not ok and not in it, those that are in it and
 * deviate no more or in another way, names of the list that nothing is called by, and names that are there twice.
 */
export const unexpected = (
  outcomes: readonly Outcome[],
  deviations: readonly Deviation[],
  platform: Platform,
): readonly string[] => {
  const here = deviations.filter(({ where }) => where.includes(platform));
  const listed = here.flatMap(({ names, got }) => names.map((name) => [name, got] as const));
  const expected = new Map(listed);
  const names = outcomes.map(({ name }) => name);
  const run = new Set(names);
  return [
    ...outcomes.flatMap((outcome) => judge(outcome, expected.get(outcome.name)) ?? []),
    ...[...expected.keys()].filter((name) => !run.has(name)).map((name) => `${name}: nothing is called so`),
    ...twiceIn(names).map((name) => `${name}: there twice`),
    ...twiceIn(listed.map(([name]) => name)).map((name) => `${name}: listed twice`),
  ];
};
