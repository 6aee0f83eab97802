/** Where the pages of a bench come from and what they fetch: one loopback origin, so that nothing asks for CORS. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Listening, listen } from '../site/listen.ts';

export interface Content {
  readonly type: string;
  readonly body: string | Buffer;
}

const EMPTY: Content = { type: 'text/html', body: '<!doctype html><title>bench</title>' };
const ANSWER: Content = { type: 'application/json', body: '{"ok":true}' };

/** A page that is isolated from other origins is told the time to 5 µs, any other to 100 µs. */
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Serves what `find` knows, an empty page for `/`, and a small answer for any other path. */
export const startSite = async (find: (path: string) => Content | undefined = () => undefined): Promise<Listening> => {
  const site = await listen('127.0.0.1', 0);
  site.serve(({ url = '/' }, response) => {
    const { type, body } = find(url) ?? (url === '/' ? EMPTY : ANSWER);
    response.writeHead(200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
  });
  return site;
};

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/** Serves the files of an unpacked extension, so that its panel runs as a page of its own. */
export const servePanel = (extension: string): Promise<Listening> =>
  startSite((path) => {
    const type = TYPES[extname(path)];
    return type === undefined ? undefined : { type, body: readFileSync(join(extension, path)) };
  });
