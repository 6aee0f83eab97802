/** The bodies of an exchange, as far as they were tokens: nothing else of them was captured. */
import type { BodyFormat } from '../capture/records.ts';
import { groupBy } from './group-by.ts';
import type { Stood } from './har-headers.ts';
import { jsonFromPaths } from './json-from-paths.ts';

export interface HarBody {
  readonly mimeType: string;
  readonly text: string;
}

const TYPES: Readonly<Record<BodyFormat, string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data; boundary=claimcheck',
  html: 'text/html',
  javascript: 'text/javascript',
  text: 'text/plain',
};

/** A body's fields, each with the texts that stood in it; JSON again where they have paths in it. */
const fieldsOf = (stood: readonly Stood[]): readonly (readonly [name: string, value: string])[] =>
  [...groupBy(stood, ({ place }) => place.name).values()].flatMap((same) => {
    const { json, rest } = jsonFromPaths(
      same.map(({ place: { path }, text }) => ({ text, ...(path !== undefined && { path }) })),
    );
    const name = same[0]?.place.name ?? '';
    return [...(json === undefined ? [] : [json]), ...rest].map((value): readonly [string, string] => [name, value]);
  });

const part = ([name, value]: readonly [string, string]): string =>
  `--claimcheck\r\nContent-Disposition: form-data; name=${JSON.stringify(name)}\r\n\r\n${value}\r\n`;

/**
 * A body that has the tokens where they stood. Undefined where none was in it.
 * @param grant the `grant_type` of a token request, which was in its form
 */
export const bodyOf = (stood: readonly Stood[], grant?: string): HarBody | undefined => {
  if (stood.length === 0 && grant === undefined) return undefined;
  const format = stood[0]?.place.format ?? (grant === undefined ? 'text' : 'form');
  const fields = fieldsOf(stood);
  const mimeType = TYPES[format];
  switch (format) {
    case 'form':
      return {
        mimeType,
        text: new URLSearchParams([
          ...(grant === undefined ? [] : [['grant_type', grant]]),
          ...fields.map((one) => [...one]),
        ]).toString(),
      };
    case 'multipart':
      return { mimeType, text: `${fields.map(part).join('')}--claimcheck--\r\n` };
    default:
      return { mimeType, text: fields.map(([, value]) => value).join('\n') };
  }
};
