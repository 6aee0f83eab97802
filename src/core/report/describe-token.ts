import type { TokenRecord } from '../capture/records.ts';
import { decode } from '../token/decode.ts';
// A pasted JSON serialisation is exported too, which `decode` knows with this.
import '../token/json-serialization.ts';
import type { Decoded } from '../token/decoded.ts';
import { readJsonTree } from '../token/json-tree.ts';
import type { Outgoing } from './outgoing.ts';
import type { Redactor } from './redact.ts';

/** What a file says of one token. Header and payload are JSON text, so that what JSON.parse would lose survives. */
export interface Described {
  readonly about: {
    readonly id: string;
    readonly form: Decoded['form'];
    readonly firstSeen: number;
    readonly segments: readonly number[];
    readonly signature: 'removed' | 'none' | 'included';
    readonly problems: readonly Pick<Decoded['problems'][number], 'code' | 'segment' | 'offset'>[];
    readonly disclosures?: number;
    readonly compact?: string;
  };
  readonly header?: string;
  readonly payload?: string;
}

/** A signature, and the disclosures of an SD-JWT with its key binding: claims and salts that no mask reaches. */
const isSigned = (form: Decoded['form'], segments: readonly number[], disclosures = 0): boolean =>
  ((form === 'jws' || form === 'malformed') && (segments[2] ?? 0) > 0) || disclosures > 0;

/** One token of the log, redacted where that is asked for. Never throws; linear in the token. */
export const describeToken = (record: TokenRecord, outgoing: Outgoing): Described => {
  const { compact, firstSeen, removed } = record;
  const { redact, names, options } = outgoing;
  const decoded = decode(compact);
  const { form, headerText, payloadText } = decoded;
  const segments = removed?.segments ?? decoded.segments.map(({ length }) => length);
  const disclosures = removed?.disclosures ?? decoded.disclosures?.length;
  const signed = isSigned(form, segments, disclosures);
  if (signed && redact && !removed) outgoing.unsigned();
  const isLive = !redact && !removed;
  // Without a header it is no token but what somebody pasted: any secret with a dot in it.
  const isReadable = !redact || isObject(headerText);
  const hasPayload = isReadable && payloadText !== undefined && form !== 'jwe';
  return {
    about: {
      id: names.tokens.get(record.id) ?? '',
      form,
      firstSeen,
      segments,
      signature: !signed ? 'none' : redact || removed ? 'removed' : 'included',
      problems: (removed ?? decoded).problems.map(({ code, segment, offset }) => ({ code, segment, offset })),
      ...(disclosures !== undefined && { disclosures }),
      ...(isLive && { compact }),
    },
    ...(isReadable && headerText !== undefined && { header: asJson(headerText, [], redact) }),
    ...(hasPayload && { payload: asJson(payloadText, options.maskClaims ?? [], redact) }),
  };
};

const isObject = (text = ''): boolean => {
  const { root, problems } = readJsonTree(text);
  return root?.kind === 'object' && problems.every(({ code }) => code === 'duplicate_member');
};

/** The text of a segment as it stands where it is a JSON object, else as a JSON string, of which no claim can be masked. */
const asJson = (text: string, masked: readonly string[], redact: Redactor | undefined): string => {
  if (isObject(text)) return redact ? redact.json(text, masked) : text;
  if (!redact) return JSON.stringify(text);
  return JSON.stringify(masked.length > 0 ? redact.claim() : redact.text(text));
};
