import { decode } from '../token/decode.ts';
import type { Decoded } from '../token/decoded.ts';
// A pasted JSON serialisation is exported too, which `decode` knows with this.
import '../token/json-serialization.ts';
import { credentialsOf } from './credentials.ts';
import type { Log } from './exported.ts';
import { keySecrets } from './key-secrets.ts';

/** The segments of one signature; of a payload that is not encoded (RFC 7797) nothing: claims stay readable. */
const segmentsOf = ({ segments, header }: Decoded): string =>
  (header?.b64 === false ? segments.filter((_, index) => index !== 1) : segments).join('.');

/**
 * What is secret of one captured string: all of it. Of a JSON serialisation its segments, since its other members are
 * names, and of a compact one with a plain payload all else.
 */
const secretsOfToken = (compact: string): readonly string[] => {
  const decoded = decode(compact);
  const { serialization, parts, form, header, segments, payloadText } = decoded;
  if (serialization) return (parts ?? [decoded]).map(segmentsOf);
  const isPlain = form === 'jws' && header?.b64 === false && payloadText === segments[1];
  return isPlain ? [`${segments[0]}.`, compact.slice(`${segments[0]}.${segments[1]}.`.length)] : [compact];
};

/** Everything that may stand in no redacted file: every token of the log, the codes of its logins, the person's own keys. */
export const secretsOf = (log: Log, keys: readonly string[] = []): readonly string[] => [
  ...new Set([
    ...log.tokens.flatMap(({ compact }) => secretsOfToken(compact)),
    ...log.exchanges.flatMap(credentialsOf),
    ...keys.flatMap(keySecrets),
  ]),
];
