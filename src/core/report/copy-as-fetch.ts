import type { Header } from '../capture/headers.ts';
import type { CopyNote, CopyRequest } from './copy-as-request.ts';
import { scriptText } from './snippets/literals.ts';

/** Fetch standard, "forbidden request-header": those among them that tokens travel in, alone or in an address. */
const FORBIDDEN = /^(?:(?:cookie|referer)$|proxy-|sec-)/i;

const headerLine = ({ name, value }: Header): string => `    ${scriptText(name)}: ${scriptText(value)},`;

/** What `copyAs` adds for a browser's `fetch`. */
export const fetchNotes = ({ headers }: CopyRequest): readonly CopyNote[] =>
  headers.some(({ name }) => FORBIDDEN.test(name)) ? ['not_in_browsers'] : [];

/** The request as an expression of JavaScript, safe in a file of any encoding and in HTML. */
export const fetchOf = ({ method, url, headers, body }: CopyRequest): string => {
  const lines = [
    ...(method === 'GET' ? [] : [`  method: ${scriptText(method)},`]),
    ...(headers.length === 0 ? [] : ['  headers: {', ...headers.map(headerLine), '  },']),
    ...(body === undefined ? [] : [`  body: ${scriptText(body)},`]),
  ];
  const options = lines.length === 0 ? '' : `, {\n${lines.join('\n')}\n}`;
  return `await fetch(${scriptText(url)}${options});\n`;
};
