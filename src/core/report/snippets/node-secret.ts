import type { SecretReading } from '../../trust/signature.ts';
import { COMMENTS } from './demands.ts';

/** What Node.js calls the readings. */
const ENCODINGS: Readonly<Record<SecretReading, string>> = {
  text: 'utf8',
  base64: 'base64',
  base64url: 'base64url',
  hex: 'hex',
};

/** Lines that make `key` of the environment; where none comes of it they throw, since an empty secret is one, too. */
export const nodeSecret = (reading: SecretReading): readonly string[] => [
  `// ${COMMENTS.secret}`,
  `const key = Buffer.from(process.env.JWT_SECRET ?? "", "${ENCODINGS[reading]}");`,
  'if (key.length === 0) throw new Error("JWT_SECRET is empty");',
];
