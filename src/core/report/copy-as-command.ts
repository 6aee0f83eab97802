/** A request as a command: curl for either shell, and HTTPie. */
import type { CopyRequest } from './copy-as-request.ts';
import { quoteForCmd, quoteForSh } from './copy-as-shell.ts';

/** What curl would take for a set or a range of addresses (curl manual, "globbing"). */
const GLOB = /[[\]{}]/;

/** How a shell wants it. */
interface Shell {
  readonly quote: (text: string) => string;
  /** Goes on in the next line. */
  readonly next: string;
}

const SH: Shell = { quote: quoteForSh, next: ' \\\n  ' };
const CMD: Shell = { quote: quoteForCmd, next: ' ^\n  ' };

/** Long options, which say what they do. Without a line break at the end, which would send it as soon as it is pasted. */
const curl = ({ method, url, headers, body }: CopyRequest, { quote, next }: Shell): string => {
  const usual = body === undefined ? 'GET' : 'POST';
  return [
    `curl ${quote(url)}`,
    ...(GLOB.test(url) ? ['--globoff'] : []),
    // With --request HEAD curl would wait for a body.
    ...(method === 'HEAD' ? ['--head'] : method === usual ? [] : [`--request ${quote(method)}`]),
    ...headers.map(({ name, value }) => `--header ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
  ].join(next);
};

export const curlForSh = (request: CopyRequest): string => curl(request, SH);

export const curlForCmd = (request: CopyRequest): string => curl(request, CMD);

/**
 * HTTPie ≥ 3, for POSIX shells. The first separator of an item is the colon behind the header's name, and the space
 * behind that keeps it from being `:=` or `:@` (HTTPie docs, "Request items"); HTTPie takes the space away.
 */
export const httpieOf = ({ method, url, headers, body }: CopyRequest): string =>
  [
    'http',
    ...(body === undefined ? [] : [quoteForSh(`--raw=${body}`)]),
    quoteForSh(method),
    quoteForSh(url),
    ...headers.map(({ name, value }) => quoteForSh(`${name}: ${value}`)),
  ].join(' ');
