import { createApi } from './api.ts';
import { createApp } from './app.ts';
import { createDesk } from './faults/desk.ts';
import { createIdentityProvider } from './identity-provider.ts';
import { makeSealingKey } from './keys.ts';
import { type Listening, listen } from './listen.ts';

export interface SiteOptions {
  /** 0 (the default): whatever the system gives. */
  readonly ports?: { readonly app: number; readonly issuer: number; readonly api: number };
  /** Life of an access token, until `setAccessTokenSeconds`. */
  readonly accessTokenSeconds?: number;
  /** How far the API's clock is ahead of the true one (negative: behind). */
  readonly apiClockOffsetSeconds?: number;
}

export interface Site {
  /** Origin of the single-page app. */
  readonly app: string;
  /** Origin and issuer identifier of the identity provider. */
  readonly issuer: string;
  /** Origin of the API, and the audience of its tokens. */
  readonly api: string;
  /** The identity provider's public keys, as text to paste: those of the start. */
  readonly jwks: string;
  /** The API's private key, a JWK as text: what access tokens are encrypted for in the flow `sealed`. */
  readonly sealingKey: string;
  /** The life of all access tokens from now on. */
  setAccessTokenSeconds(seconds: number): void;
  /** The identity provider signs with new keys from now on, and its set holds no others. */
  rotateKeys(): Promise<void>;
  close(): Promise<void>;
}

const ANY_PORTS = { app: 0, issuer: 0, api: 0 };
const ACCESS_TOKEN_SECONDS = 60;

/** All three or none, so that a taken port leaves no other one open. */
const listenAll = async (ports: typeof ANY_PORTS) => {
  const opened: Listening[] = [];
  const open = async (host: Parameters<typeof listen>[0], port: number): Promise<Listening> => {
    const listening = await listen(host, port);
    opened.push(listening);
    return listening;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((listening) => listening.close()));
  };
  try {
    const app = await open('localhost', ports.app);
    const api = await open('localhost', ports.api);
    // Another host, so that the provider's cookies do not go to the app: cookies know no ports.
    const issuer = await open('127.0.0.1', ports.issuer);
    return { app, api, issuer, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Starts the app, its identity provider and its API on loopback. Rejects with `code` EADDRINUSE when a fixed port is taken. */
export const startSite = async (options: SiteOptions = {}): Promise<Site> => {
  const { ports = ANY_PORTS, apiClockOffsetSeconds = 0 } = options;
  let { accessTokenSeconds = ACCESS_TOKEN_SECONDS } = options;
  const { app, api, issuer, close } = await listenAll(ports);
  const addresses = { issuer: issuer.origin, audience: api.origin };
  const { privateKey, publicKey } = await makeSealingKey();
  const provider = await createIdentityProvider({
    ...addresses,
    app: app.origin,
    accessTokenSeconds: () => accessTokenSeconds,
    sealingKey: publicKey,
  });
  const desk = await createDesk({ issuer: `${app.origin}/desk`, audience: api.origin });
  issuer.serve(provider.handler);
  api.serve(createApi({ ...addresses, clockOffsetSeconds: apiClockOffsetSeconds, sealingKey: privateKey, desk }));
  app.serve(await createApp({ ...addresses, api: api.origin }, desk));
  return {
    app: app.origin,
    issuer: issuer.origin,
    api: api.origin,
    jwks: provider.jwks(),
    sealingKey: JSON.stringify(privateKey),
    setAccessTokenSeconds(seconds) {
      accessTokenSeconds = seconds;
    },
    rotateKeys: provider.rotate,
    close,
  };
};
