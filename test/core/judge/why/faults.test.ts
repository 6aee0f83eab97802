/** The demo's faults, refused by real middleware over HTTP: each is named, and what nearly has it is not. */
import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExchangeRecord } from '../../../../src/core/capture/records.ts';
import { captureRequest } from '../../../../src/core/capture/request.ts';
import { isTaken } from '../../../../src/core/judge/answered.ts';
import type { Diagnosis, SentToken } from '../../../../src/core/judge/diagnosis.ts';
import { boundTo, checkProof } from '../../../../src/core/judge/dpop.ts';
import { why } from '../../../../src/core/judge/why.ts';
import type { Check } from '../../../../src/core/trust/check.ts';
import type { RingKey } from '../../../../src/core/trust/signature.ts';
import { createVerifier } from '../../../../src/core/trust/verify.ts';
import { FAULT_CALLS, type FaultCall, GOOD_CALLS } from '../../../site/faults/calls.ts';
import { type Site, startSite } from '../../../site/site.ts';
import { exchange, raw } from './cases.ts';

interface Done {
  readonly exchange: ExchangeRecord;
  readonly sent: readonly SentToken[];
  readonly judged: readonly SentToken[];
}

let site: Site;
const done = new Map<string, Done>();
const verify = createVerifier();
const keys: RingKey[] = [];
const { privateKey, publicKey } = await generateKeyPair('ES256');
const jwk = await exportJWK(publicKey);
let nonce: string | undefined;

const tokenFor = async ({ id, scheme, token }: FaultCall): Promise<string> => {
  const body = new URLSearchParams({ call: id });
  if (token?.bound || scheme === 'DPoP') body.set('jwk', JSON.stringify(jwk));
  const answer: { access_token: string } = await (
    await fetch(`${site.app}/desk/token`, { method: 'POST', body })
  ).json();
  return answer.access_token;
};

const proofFor = (htm: string, htu: string, token: string): Promise<string> =>
  new SignJWT({ htm, htu, ath: createHash('sha256').update(token).digest('base64url'), ...(nonce && { nonce }) })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
    .setIssuedAt()
    .setJti(randomUUID())
    .sign(privateKey);

/** What the panel would know of the exchange; the proof alone where the server says that it was the proof. */
const record = async (one: ExchangeRecord, headers: Readonly<Record<string, string>>): Promise<Done> => {
  const { url } = one;
  const { found, opaque } = captureRequest({
    url,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  });
  const tokens = found.map(({ compact, place }) => raw(compact, { place }));
  const proofs = tokens.filter(({ kind }) => kind === 'dpop_proof');
  const [access] = tokens.filter(({ kind }) => kind !== 'dpop_proof');
  const sent = await Promise.all(
    tokens.map(async (token): Promise<SentToken> => {
      const isProof = proofs.includes(token);
      const checks: readonly (Check | undefined)[] = isProof
        ? await checkProof({ proof: token.decoded, exchange: one, ...(access && { accessToken: access.decoded }) })
        : [
            await boundTo(
              token.decoded,
              proofs.map(({ decoded }) => decoded),
            ),
          ];
      return {
        ...token,
        signature: await verify(token.decoded, keys),
        checks: checks.filter((check) => check !== undefined),
      };
    }),
  );
  const isProof = one.wwwAuthenticate?.some((value) => /dpop_proof|dpop_nonce/.test(value));
  const judged = sent.filter(({ kind }) => (kind === 'dpop_proof') === Boolean(isProof));
  return { exchange: { ...one, ...(opaque.length > 0 && { opaque }) }, sent, judged };
};

const send = async (call: FaultCall, token: string | undefined): Promise<Response> => {
  const { id, guard, path, method, scheme = 'Bearer', credential, provenPath = path } = call;
  const root = `${site.api}/faults/${guard}`;
  const given = token ?? credential;
  const proof = scheme === 'DPoP' && token ? await proofFor(method, root + provenPath, token) : undefined;
  const headers = { ...(given && { Authorization: `${scheme} ${given}` }), ...(proof && { DPoP: proof }) };
  const start = Date.now();
  const answer = await fetch(root + path, { method, headers });
  const words = answer.headers.get('WWW-Authenticate');
  const seen = exchange({
    ...{ id, method, url: root + path, start, end: Date.now(), status: answer.status },
    ...(words && { wwwAuthenticate: [words] }),
  });
  done.set(id, await record(seen, headers));
  return answer;
};

const run = async (call: FaultCall): Promise<void> => {
  const token = call.token && (await tokenFor(call));
  const given = (await send(call, token)).headers.get('DPoP-Nonce') ?? nonce;
  if (given === nonce) return;
  nonce = given;
  await send(call, token);
};

beforeAll(async () => {
  site = await startSite();
  const set: { keys: readonly object[] } = await (await fetch(`${site.app}/desk/jwks`)).json();
  const issuer = `${site.app}/desk`;
  const common = { provenance: 'traffic', issuer, addedAt: 0, source: `${issuer}/jwks` } as const;
  keys.push(...set.keys.map((key, index) => ({ ...common, id: String(index), text: JSON.stringify(key) })));
  for (const call of [...GOOD_CALLS, ...FAULT_CALLS]) await run(call);
});
afterAll(() => site.close());

const reasonOf = (id: string): Diagnosis | undefined => {
  const one = done.get(id);
  const accepted = [...done.values()].flatMap(({ exchange: other, judged }) =>
    isTaken(other) ? judged.map((token) => ({ exchange: other, token })) : [],
  );
  return one && why({ ...one, accepted });
};

test.each([...GOOD_CALLS, ...FAULT_CALLS].map(({ id, reason }) => [id, reason] as const))('%s: %s', (id, reason) => {
  const found = reasonOf(id);
  expect(found?.code).toBe(reason);
  if (reason) expect(found?.outcome).toBe(id === 'too-late' ? 'accepted' : 'refused');
});
