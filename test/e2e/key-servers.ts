/** Issuers on loopback, honest and not, that keep what they were asked. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type KeyPair, publicJwk } from '../fixtures/keys.ts';
import { listen } from '../site/listen.ts';

export const DISCOVERY = '/.well-known/openid-configuration';
export const OAUTH_DISCOVERY = '/.well-known/oauth-authorization-server';

export interface KeyServer {
  readonly origin: string;
  /** Addresses that were asked, in order, whoever asked. */
  readonly asked: readonly string[];
  /** Names of headers that would tell the server who asks: cookies, credentials, where from. */
  readonly told: readonly string[];
  close(): Promise<void>;
}

type Answer = (response: ServerResponse, origin: string, request: IncomingMessage) => void;

/** A server that answers each request so. */
export const keyServer = async (answer: Answer, host: 'localhost' | '127.0.0.1' = '127.0.0.1'): Promise<KeyServer> => {
  const { origin, serve, close } = await listen(host, 0);
  const asked: string[] = [];
  const told: string[] = [];
  const handle: RequestListener = (request, response) => {
    asked.push(origin + request.url);
    told.push(...['cookie', 'authorization', 'referer'].filter((name) => request.headers[name] !== undefined));
    answer(response, origin, request);
  };
  serve(handle);
  return { origin, asked, told, close };
};

export const json = (response: ServerResponse, value: unknown): void => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(value));
};

/** What an issuer answers that keeps its keys at `jwksUri`, or else beside its document. */
export const issuerOf =
  (pair: KeyPair, kid: string, jwksUri?: string): Answer =>
  (response, origin, { url }) => {
    if (url === DISCOVERY) return json(response, { issuer: origin, jwks_uri: jwksUri ?? `${origin}/keys` });
    if (url === '/keys') return json(response, { keys: [publicJwk(pair, { kid, use: 'sig' })] });
    response.writeHead(404).end();
  };
