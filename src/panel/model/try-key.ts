import type { DecryptionAnswer } from '../../core/trust/decryption.ts';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { KeyReading } from '../../core/trust/key.ts';
import type { Layer } from '../../core/trust/opened.ts';
import type { RingKey, SignatureAnswer } from '../../core/trust/signature.ts';
import type { Entry } from './log.ts';

export type Answer = SignatureAnswer | DecryptionAnswer;

export interface Tried {
  readonly reading: KeyReading;
  /** Of the layer that the key fits, else of the innermost that can be reached; undefined where no token was asked. */
  readonly answer?: Answer;
  /** Whether that layer is encrypted: the answer is of a decryption. */
  readonly sealed?: boolean;
}

/** Whether the key verifies, or opens. */
export const holds = ({ state }: Answer): boolean => state === 'verified' || state === 'decrypted';

const answersOf = ({ signature, decryption, parts = [] }: Layer): readonly Answer[] => [
  ...(signature ? [signature] : []),
  ...(decryption ? [decryption] : []),
  ...parts,
];

/**
 * What a text is as a key, and what a token says to it; nothing is kept. Where other keys opened the token already, what
 * is inside is asked too: a sealed token takes one key to open it and another to verify what it holds.
 * @param cookie the name that Auth.js derives its key with; '' for none
 * @param payload what was signed, where the token carries it not; '' where it does
 */
export const tryKey = async (entry: Entry | undefined, text: string, cookie = '', payload = ''): Promise<Tried> => {
  const { createOpener, readKey } = await import('../../core/trust/trust.ts');
  const reading = readKey(text);
  if (!entry || 'error' in reading) return { reading };
  const issuer = issuerOf(entry.claims);
  const named = cookie === '' ? {} : { cookie };
  const given: RingKey = { id: 'trial', text, provenance: 'given', issuer, addedAt: 0, ...named };
  const open = createOpener();
  const inside = entry.opened?.layers.slice(1).map(({ decoded }) => decoded) ?? [];
  let tried: Tried = { reading };
  for (const decoded of [entry.decoded, ...inside]) {
    // The question is whether this key holds, not whether the one that the token brought along does.
    const options = { cookies: entry.cookies, onlyKnown: true as const, ...(payload !== '' && { payload }) };
    const [outermost] = (await open(decoded, [given], options)).layers;
    const answers = answersOf(outermost);
    const good = answers.find(holds);
    const sealed = outermost.decoded.form === 'jwe';
    if (good) return { reading, answer: good, sealed };
    if (answers[0]) tried = { reading, answer: answers[0], sealed };
  }
  return tried;
};
