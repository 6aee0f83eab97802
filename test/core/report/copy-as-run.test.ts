/** The commands, run: what a server on loopback is sent is what the request says. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { copyAs } from '../../../src/core/report/copy-as.ts';
import {
  type Carried,
  type Copied,
  type CopyRequest,
  canRepeat,
  requestOf,
} from '../../../src/core/report/copy-as-request.ts';
import { hasProgram, runProgram } from '../../fixtures/programs.ts';
import { type Listening, listen } from '../../site/listen.ts';
import { addresses, carrieds, copiedOf } from './copy-as-arbitrary.ts';

/** Programs start slowly where many tests run at once. */
vi.setConfig({ testTimeout: 120_000 });

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

let server: Listening;
let received: Received[] = [];

beforeAll(async () => {
  server = await listen('127.0.0.1', 0);
  server.serve((request, response) => {
    const { method = '', url = '', rawHeaders } = request;
    const headers = rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ''] as const] : [],
    );
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (text: string) => {
        body += text;
      })
      .on('end', () => {
        received.push({ method, url, headers, body });
        response.end();
      });
  });
});
afterAll(() => server.close());
beforeEach(() => {
  received = [];
});

/** As many different requests as one process runs in a second or two; the same ones in every run that fails alike. */
const samples = (numRuns: number, fits: (request: CopyRequest) => boolean): readonly Copied[] =>
  fc
    .sample(
      carrieds(server.origin).filter((carried) => canRepeat(carried) && fits(requestOf(copiedOf(carried)))),
      numRuns,
    )
    .map((carried: Carried) => copiedOf(carried));

/** Node's fetch leaves out the mark of an empty query. */
const withoutMark = (url: string) => url.replace(/\?$/, '');

/** `read` makes one of the ways in which the same address can be written. */
const expectSent = (all: readonly Copied[], read = withoutMark) => {
  expect(received).toHaveLength(all.length);
  for (const [index, copied] of all.entries()) {
    const { method, url, headers, body = '' } = requestOf(copied);
    const sent = received[index];
    expect(sent).toMatchObject({ method, body });
    expect(read(sent?.url ?? '')).toBe(read(url.slice(server.origin.length)));
    for (const { name, value } of headers) expect(sent?.headers).toContainEqual([name.toLowerCase(), value]);
  }
};

/** Node's server knows a closed list of methods, and a client that asks for others gets no answer. */
const METHODS = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;
/** What a client writes itself is not to be had twice. */
const OWN = /^(?:host|content-length|transfer-encoding|connection|te|trailer|upgrade|expect|keep-alive)$/i;
const canAnswer = ({ method, headers }: CopyRequest) =>
  METHODS.test(method) && headers.every(({ name }) => !OWN.test(name));

/** With the options by which none reads a person's own files. */
const SHELLS: readonly (readonly [shell: string, ...options: readonly string[]])[] = [
  ['bash'],
  ['dash'],
  ['zsh', '-f'],
  ['fish', '--no-config'],
];

for (const [shell, ...options] of SHELLS) {
  if (!hasProgram(shell, ...options, '-c', 'exit 0')) {
    test(`cURL in ${shell}: not checked, it is not on this machine`, () => {});
    continue;
  }
  test(`cURL in ${shell} sends the request`, async () => {
    const all = samples(40, canAnswer);
    const script = all.map((copied) => copyAs('curl_sh', copied).text).join('\n');
    const { code, stderr } = await runProgram(shell, [...options, '-c', script.replaceAll('curl ', 'curl -sS ')]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expectSent(all);
  });
}

test('fetch sends the request', async () => {
  const fits = (request: CopyRequest) => canAnswer(request) && !/HEAD/.test(request.method);
  const all = samples(60, fits);
  const script = all.map((copied) => copyAs('fetch_js', copied).text).join('');
  const { code, stderr } = await runProgram(process.execPath, ['--input-type=module', '-'], { input: script });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expectSent(all);
});

/** HTTPie escapes what the URL standard leaves (`\`, `|`), and all of an address with a `%` that escapes nothing. */
const unescaped = (url: string) => url.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
const isEscaped = ({ url }: CopyRequest) => !/%(?![\da-f]{2})/i.test(url);

if (hasProgram('http', '--version')) {
  test('HTTPie sends the request', async () => {
    const all = samples(8, (request) => canAnswer(request) && isEscaped(request));
    // Else it would take the rest of the script for a body.
    const commands = all.map((copied) => copyAs('httpie', copied).text.replace(/^http /m, 'http --ignore-stdin '));
    const { code, stderr } = await runProgram('sh', ['-c', commands.join('\n')]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expectSent(all, unescaped);
  });
} else test('HTTPie: not run, it is not on this machine', () => {});

/** HTTPie's reading of an item (httpie/cli, argtypes.py): the first separator counts, of several there the longest. */
const SEPARATORS = [':=@', '==@', '=@', ':=', ':@', '==', ':', '=', '@', ';'];
const readItem = (item: string) => {
  const at = item.search(/[:=@;]/);
  const separator = SEPARATORS.find((each) => item.startsWith(each, at)) ?? '';
  const [name, value] = [item.slice(0, at), item.slice(at + separator.length)];
  expect(name).not.toContain('\\');
  // A backslash before what may be part of a separator is taken away, anywhere.
  return { name, separator, value: value.replace(/\\([:=@;])/g, '$1').trim() };
};

test('HTTPie, read by its rules, is told the request', () => {
  fc.assert(
    fc.property(carrieds('https://api.test'), (carried) => {
      const copied = copiedOf(carried);
      const { text } = copyAs('httpie', copied);
      const printed = execFileSync('sh', ['-c', text.replace(/^http /m, "printf '%s\\0' ")], { encoding: 'utf8' });
      const args = printed.split('\0').slice(0, -1);
      const raw = args[0]?.startsWith('--raw=') ? args.shift()?.slice('--raw='.length) : undefined;
      const [method, url, ...items] = args;
      expect({ method, url, raw }).toEqual({
        method: requestOf(copied).method,
        url: requestOf(copied).url,
        raw: requestOf(copied).body,
      });
      expect(items.map(readItem)).toEqual(
        requestOf(copied).headers.map(({ name, value }) => ({ name, separator: ':', value })),
      );
    }),
    { numRuns: 60 },
  );
});

test('an address stays what it was', () => {
  fc.assert(
    fc.property(addresses('https://api.test'), (url) => {
      const place = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' } as const;
      const [before, after] = [new URL(url), new URL(requestOf(copiedOf({ method: 'GET', url, place })).url)];
      expect([after.pathname, after.search]).toEqual([before.pathname, before.search]);
    }),
  );
});
