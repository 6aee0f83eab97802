import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import {
  base64url,
  calculateJwkThumbprint,
  compactDecrypt,
  createRemoteJWKSet,
  EmbeddedJWK,
  errors,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
} from 'jose';

export interface GuardOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Private; what access tokens may be encrypted for, if any. */
  readonly sealingKey?: JWK;
  /** Granted at `exp` and `nbf`. */
  readonly toleranceSeconds?: number;
}

/** RFC 6750 section 3, RFC 9449 section 7.1. */
const refuse = (
  response: Response,
  status: 401 | 403,
  scheme: string,
  parameters: Readonly<Record<string, string>>,
): void => {
  const text = Object.entries(parameters).map(([name, value]) => `${name}="${value.replaceAll('"', "'")}"`);
  response
    .status(status)
    .set('WWW-Authenticate', `${scheme} ${text.join(', ')}`)
    .json(parameters);
};

const credentialsOf = (request: Request): { readonly scheme: string; readonly token: string } | undefined => {
  const [, scheme, token] = /^(Bearer|DPoP) +(\S+)$/i.exec(request.get('Authorization') ?? '') ?? [];
  return scheme && token ? { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token } : undefined;
};

class BadProof extends Error {
  readonly code: string;
  constructor(message: string, code = 'invalid_dpop_proof') {
    super(message);
    this.code = code;
  }
}

const sha256 = async (text: string): Promise<string> =>
  base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

/** Lets requests through whose access token holds and has the scope, else answers 401 or 403. */
export const createGuard = (options: GuardOptions, now: () => Date) => {
  const { issuer, audience, toleranceSeconds = 0 } = options;
  // A new kid is looked for at once: keys are rotated while one watches.
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`), { cooldownDuration: 0 });
  const nonce = randomBytes(12).toString('base64url');

  /** The signed token inside an encrypted one. */
  const unsealed = async (token: string): Promise<string> => {
    if (!options.sealingKey || token.split('.').length !== 5) return token;
    const { plaintext } = await compactDecrypt(token, await importJWK(options.sealingKey));
    return new TextDecoder().decode(plaintext);
  };

  /** RFC 9449 section 4.3. */
  const checkProof = async (request: Request, token: string, claims: JWTPayload): Promise<void> => {
    const proof = request.get('DPoP') ?? '';
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      currentDate: now(),
      maxTokenAge: 300,
    });
    if (payload.nonce !== nonce) throw new BadProof('a nonce of this server is needed', 'use_dpop_nonce');
    const address = `${request.protocol}://${request.get('Host')}${request.baseUrl}${request.path}`;
    if (payload.htm !== request.method || payload.htu !== address) throw new BadProof('not a proof for this request');
    if (payload.ath !== (await sha256(token))) throw new BadProof('not a proof for this token');
    const { jkt } = Object(claims.cnf);
    if (jkt !== (await calculateJwkThumbprint(protectedHeader.jwk ?? {}))) {
      throw new BadProof('not the key that the token is bound to');
    }
  };

  return (scope: string, handler: (response: Response, claims: JWTPayload) => void): RequestHandler =>
    async (request, response) => {
      const { scheme, token } = credentialsOf(request) ?? {};
      if (!scheme || !token) return refuse(response, 401, 'Bearer', { realm: 'demo-api' });
      if (scheme === 'DPoP') response.set('DPoP-Nonce', nonce);
      try {
        const inner = await unsealed(token);
        const { payload } = await jwtVerify(inner, keys, {
          ...{ issuer, audience, typ: 'at+jwt' },
          ...{ currentDate: now(), clockTolerance: toleranceSeconds },
        });
        if (scheme === 'DPoP') await checkProof(request, token, payload);
        else if (payload.cnf) throw new errors.JWTInvalid('the token is bound to a key, and came as Bearer');
        const granted = String(payload.scope ?? '').split(' ');
        if (!granted.includes(scope)) return refuse(response, 403, scheme, { error: 'insufficient_scope', scope });
        handler(response, payload);
      } catch (error) {
        if (error instanceof BadProof) {
          return refuse(response, 401, scheme, { error: error.code, error_description: error.message });
        }
        if (!(error instanceof errors.JOSEError)) throw error;
        refuse(response, 401, scheme, { error: 'invalid_token', error_description: error.message });
      }
    };
};
