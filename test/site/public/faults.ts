import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { PageSite } from '../app.ts';
import { FAULT_CALLS, type FaultCall, GOOD_CALLS } from '../faults/calls.ts';

declare const SITE: PageSite;

const DESK = `${location.origin}/desk`;

const show = (id: string, text: string): void => {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
};

const { privateKey, publicKey } = await generateKeyPair('ES256');
const jwk: JWK = await exportJWK(publicKey);
/** RFC 9449 section 8.2 */
let nonce: string | undefined;

const tokenFor = async ({ id, token, scheme }: FaultCall): Promise<string | undefined> => {
  if (!token) return undefined;
  const isBound = token.bound || scheme === 'DPoP';
  const body = new URLSearchParams({ grant_type: 'client_credentials', call: id });
  if (isBound) body.set('jwk', JSON.stringify(jwk));
  const answer = await fetch(`${DESK}/token`, { method: 'POST', body });
  return (await answer.json()).access_token;
};

const base64url = (octets: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(octets)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const proofFor = async (method: string, url: string, token: string): Promise<string> => {
  const ath = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)));
  return new SignJWT({ htm: method, htu: url, ath, ...(nonce && { nonce }) })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
    .setIssuedAt()
    .setJti(crypto.randomUUID())
    .sign(privateKey);
};

const send = async (call: FaultCall, token: string | undefined): Promise<Response> => {
  const { id, guard, path, method, scheme = 'Bearer', credential, provenPath = path } = call;
  const root = `${SITE.api}/faults/${guard}`;
  const given = token ?? credential;
  // The query tells one call from another in a log.
  return fetch(`${root}${path}?call=${id}&end`, {
    method,
    headers: {
      ...(given !== undefined && { Authorization: `${scheme} ${given}` }),
      ...(scheme === 'DPoP' && token && { DPoP: await proofFor(method, root + provenPath, token) }),
    },
  });
};

let done = 0;

const run = async (call: FaultCall): Promise<void> => {
  const token = await tokenFor(call);
  let answer = await send(call, token);
  const asked = answer.headers.get('DPoP-Nonce') ?? nonce;
  if (answer.status === 401 && asked !== nonce) {
    nonce = asked;
    answer = await send(call, token);
  }
  done += 1;
  show('last-status', `${call.id}: ${answer.status}`);
  show('done-count', String(done));
};

const buttonFor = (call: FaultCall, index: number): HTMLButtonElement => {
  const button = document.createElement('button');
  button.type = 'button';
  button.id = call.id;
  button.textContent = `Call ${index + 1}`;
  button.onclick = () => void run(call);
  return button;
};

// As a client of OpenID Connect does; the keys pass by.
const { jwks_uri } = await (await fetch(`${DESK}/.well-known/openid-configuration`)).json();
await (await fetch(jwks_uri)).json();
for (const call of GOOD_CALLS) await run(call);
document.getElementById('calls')?.append(...FAULT_CALLS.map(buttonFor));
document.body.dataset.state = 'ready';
