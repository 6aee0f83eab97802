/** What a token can be copied as, besides the code that verifies it (snippets/). */
import { curlForCmd, curlForSh, httpieOf } from './copy-as-command.ts';
import { fetchNotes, fetchOf } from './copy-as-fetch.ts';
import {
  bindingNotes,
  type Copied,
  type CopyNote,
  type CopyRequest,
  fitsRequest,
  ownHeader,
  requestOf,
} from './copy-as-request.ts';
import { brunoVariable, postmanVariable } from './copy-as-variable.ts';

/** Each has its name in `_locales`: `copy_format_<code>`. */
export type CopyFormat = 'token' | 'header' | 'curl_sh' | 'curl_cmd' | 'fetch_js' | 'httpie' | 'postman' | 'bruno';

export interface Copy {
  /** Holds the token. */
  readonly text: string;
  readonly notes: readonly CopyNote[];
}

/** Microsoft Learn, "Command prompt line string limitation": characters of a line. */
const MAX_CMD = 8191;

/**
 * What is written into the copy itself, without a character that any shell or language reads; the others the panel tells.
 * As few as can be: zsh at its prompt says of each such line that it knows no command `#`, and goes on.
 */
const COMMENTS: Partial<Record<CopyNote, string>> = {
  placeholder: 'Placeholder address: put in that of your API',
  needs_proof: 'The token is bound to a key: the request needs a DPoP header with a fresh proof as well, RFC 9449',
  proof_once: 'A DPoP proof is good for one request: the server may refuse it now, RFC 9449',
  wrapped: 'Where the token was seen it was part of a longer value',
  body_part: 'Of the body only the part that held the token',
  not_in_browsers: 'Browsers do not let a script set this header; for Node.js',
};

const commented = (mark: string, notes: readonly CopyNote[], text: string): string => {
  const comments = notes.flatMap((note) => COMMENTS[note] ?? []);
  return comments.map((comment) => `${mark} ${comment}\n`).join('') + text;
};

const command = (request: CopyRequest, mark: string, write: (request: CopyRequest) => string): Copy => ({
  text: commented(mark, request.notes, write(request)),
  notes: request.notes,
});

const fetchCopy = (request: CopyRequest): Copy => {
  const notes = [...request.notes, ...fetchNotes(request)];
  return { text: commented('//', notes, fetchOf(request)), notes };
};

const cmdCopy = (request: CopyRequest): Copy => {
  const copy = command(request, 'rem', curlForCmd);
  return copy.text.length > MAX_CMD ? { ...copy, notes: [...copy.notes, 'cmd_too_long'] } : copy;
};

const headerCopy = (copied: Copied): Copy => {
  const { name, value } = ownHeader(copied);
  return { text: `${name}: ${value}`, notes: bindingNotes(copied) };
};

const WRITERS: Readonly<Record<CopyFormat, (copied: Copied) => Copy>> = {
  token: ({ decoded }) => ({ text: decoded.compact, notes: [] }),
  header: headerCopy,
  curl_sh: (copied) => command(requestOf(copied), '#', curlForSh),
  curl_cmd: (copied) => cmdCopy(requestOf(copied)),
  fetch_js: (copied) => fetchCopy(requestOf(copied)),
  httpie: (copied) => command(requestOf(copied), '#', httpieOf),
  postman: ({ kind, decoded }) => ({ text: postmanVariable(kind, decoded.compact), notes: [] }),
  bruno: ({ kind, decoded }) => ({ text: brunoVariable(kind, decoded.compact), notes: [] }),
};

const ALL: readonly CopyFormat[] = ['token', 'header', 'curl_sh', 'curl_cmd', 'fetch_js', 'httpie', 'postman', 'bruno'];

/** The formats that this token can be copied as: what fits no request is copied as it is, or as a value in JSON. */
export const copyFormats = (copied: Copied): readonly CopyFormat[] => {
  if (copied.removed) return ['token'];
  return fitsRequest(copied) ? ALL : ['token', 'postman'];
};

/** The text, which holds the token, and what to know about it. Takes one of its `copyFormats`. Never throws. */
export const copyAs = (format: CopyFormat, copied: Copied): Copy => WRITERS[format](copied);
