import type { SecretReading } from '../../trust/signature.ts';
import { COMMENTS } from './demands.ts';

/** What Node.js calls the readings. */
const ENCODINGS: Readonly<Record<SecretReading, string>> = {
  text: 'utf8',
  base64: 'base64',
  base64url: 'base64url',
  hex: 'hex',
};

/** Lines that make `key` of the environment; without JWT_SECRET they throw, since an empty secret is one, too. */
export const nodeSecret = (reading: SecretReading): readonly string[] => [
  `// ${COMMENTS.secret}`,
  'if (!process.env.JWT_SECRET) throw new Error("JWT_SECRET is not set");',
  `const key = Buffer.from(process.env.JWT_SECRET, "${ENCODINGS[reading]}");`,
];
