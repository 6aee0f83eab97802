/**
 * What the servers of the demo handed out and were handed that opens a door, by their own word: they run in this process.
 * (Not the bodies of requests: what stands there was handed out before, in an answer or an address.)
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseCookie, parseSetCookie } from 'cookie';

const STARTED = 'http.server.request.start';
/** Shorter values, such as a user's name or a flag, open nothing and stand everywhere. */
const SHORTEST = 16;
/** Auth.js keeps where to go back to in a cookie. */
const ADDRESS = /^https?:/;
/** The provider's id of a sign-in stands in its addresses, too; what opens it is the signature, a cookie of its own. */
const IN_PATHS = /^_interaction(_resume)?$/;
const TOKEN = /\b(?:eyJ|ewo)[\w-]+\.[\w.-]+/g;
const PARAMETERS = ['code', 'access_token', 'refresh_token', 'id_token', 'token'];
const MEMBER = /"(?:access_token|refresh_token|id_token|csrfToken)":"([^"]+)"/g;

/** Of the query and of the fragment. */
const inAddress = (address: string): readonly string[] => {
  const url = new URL(address, 'http://localhost');
  return [url.searchParams, new URLSearchParams(url.hash.slice(1))].flatMap((parameters) =>
    PARAMETERS.flatMap((name) => parameters.getAll(name)),
  );
};

const inRequest = ({ headers, url = '' }: IncomingMessage): readonly string[] => [
  ...inAddress(url),
  ...(headers.referer ? inAddress(headers.referer) : []),
  ...(headers.authorization ? headers.authorization.split(' ').slice(1) : []),
  ...Object.entries(parseCookie(headers.cookie ?? '')).flatMap(([name, value = '']) =>
    IN_PATHS.test(name) ? [] : [value],
  ),
];

const inResponse = (response: ServerResponse, body: string): readonly string[] => {
  const set = [response.getHeader('set-cookie') ?? []].flat().map(String);
  const location = response.getHeader('location');
  return [
    ...set.map((line) => parseSetCookie(line)).flatMap(({ name, value = '' }) => (IN_PATHS.test(name) ? [] : [value])),
    ...(location ? inAddress(String(location)) : []),
    ...[...body.matchAll(MEMBER)].map(([, value = '']) => value),
    ...(body.match(TOKEN) ?? []),
  ];
};

export interface ServerWitness {
  /** Tokens, codes, cookies and opaque credentials of 16 characters or more, each once. */
  secrets(): readonly string[];
  stop(): void;
}

export const watchServers = (): ServerWitness => {
  const found = new Set<string>();
  const note = (values: readonly string[]) => {
    for (const value of values) if (value.length >= SHORTEST && !ADDRESS.test(value)) found.add(value);
  };
  const onStart = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    note(inRequest(request));
    const chunks: Buffer[] = [];
    const keep = (chunk: unknown) => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
    };
    const { write, end } = response;
    response.write = ((...args: Parameters<typeof write>) => {
      keep(args[0]);
      return write.apply(response, args);
    }) as typeof write;
    response.end = ((...args: Parameters<typeof end>) => {
      keep(args[0]);
      return end.apply(response, args);
    }) as typeof end;
    response.once('finish', () => note(inResponse(response, Buffer.concat(chunks).toString('utf8'))));
  };
  subscribe(STARTED, onStart);
  return { secrets: () => [...found], stop: () => void unsubscribe(STARTED, onStart) };
};
