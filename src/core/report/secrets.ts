import { decode } from '../token/decode.ts';
// A pasted JSON serialisation is exported too, which `decode` knows with this.
import '../token/json-serialization.ts';
import { credentialsOf } from './credentials.ts';
import type { Log } from './exported.ts';
import { keySecrets } from './key-secrets.ts';

/**
 * What is secret of one captured string: all of it. Of a JSON serialisation its segments, since its other members are
 * names, and of a payload that is not encoded (RFC 7797) nothing: claims stay readable.
 */
const secretsOfToken = (compact: string): readonly string[] => {
  if (!compact.trimStart().startsWith('{')) return [compact];
  const decoded = decode(compact);
  if (!decoded.serialization) return [compact];
  return (decoded.parts ?? [decoded]).map(({ segments, header }) =>
    (header?.b64 === false ? segments.filter((_, index) => index !== 1) : segments).join('.'),
  );
};

/** Everything that may stand in no redacted file: every token of the log, the codes of its logins, the person's own keys. */
export const secretsOf = (log: Log, keys: readonly string[] = []): readonly string[] => [
  ...new Set([
    ...log.tokens.flatMap(({ compact }) => secretsOfToken(compact)),
    ...log.exchanges.flatMap(credentialsOf),
    ...keys.flatMap(keySecrets),
  ]),
];
