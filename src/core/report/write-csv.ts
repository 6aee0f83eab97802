import type { SightingRecord } from '../capture/records.ts';
import { csvOf } from './csv.ts';
import { describeToken } from './describe-token.ts';
import type { TokenVerdict } from './exported.ts';
import { isoTime, type Outgoing } from './outgoing.ts';
import { placesOf, sightingsBy } from './places.ts';
import { claimTimes, membersOf, textOf } from './told-claims.ts';
import { withoutOwnMasked } from './without-masked.ts';

/*
 * CSV of RFC 4180 in UTF-8 with one row for each token, the names of its columns in the first. No byte order mark: it
 * would become a part of the first name for whatever reads the file but a spreadsheet. What the answers are is told by
 * their codes, which are the same in every language; `verdict` is a sentence in the person's.
 */
const COLUMNS = [
  ...(['token', 'kind', 'alg', 'kid', 'iss', 'sub', 'aud', 'iat', 'exp', 'issued_at', 'expires_at'] as const),
  ...(['signature', 'time', 'policy', 'key_trust', 'verdict'] as const),
  ...(['first_seen', 'requests', 'refused', 'places', 'hosts'] as const),
];
/** As captured; in a file with live credentials only. */
const LIVE_COLUMN = 'compact';

const cellsOf = (
  outgoing: Outgoing,
  record: Outgoing['tokens'][number],
  sightings: readonly SightingRecord[],
  verdict: TokenVerdict | undefined,
): Readonly<Record<(typeof COLUMNS)[number], string>> => {
  const { about, header, payload } = describeToken(record, outgoing);
  const { alg, kid } = membersOf(header);
  const { iss, sub, aud, iat, exp } = membersOf(payload);
  const times = claimTimes(payload);
  // The codes too: a page that sends one as a part of a token may not keep the file from being written.
  const own = withoutOwnMasked(outgoing, record);
  return {
    token: about.id,
    kind: own(verdict?.kind.code ?? ''),
    alg: own(verdict?.alg ?? '') || textOf(alg),
    kid: textOf(kid),
    iss: textOf(iss),
    sub: textOf(sub),
    aud: textOf(aud),
    iat: textOf(iat),
    exp: textOf(exp),
    issued_at: times.issuedAt,
    expires_at: times.expiresAt,
    signature: own(verdict?.signature.code ?? ''),
    time: own(verdict?.time.code ?? ''),
    policy: own(verdict?.policy.code ?? ''),
    key_trust: own(verdict?.trust.code ?? ''),
    verdict: own(verdict?.sentence ?? ''),
    first_seen: isoTime(about.firstSeen) ?? '',
    requests: String(verdict?.requests ?? new Set(sightings.map(({ exchange }) => exchange)).size),
    refused: verdict ? String(verdict.refused) : '',
    places: placesOf(sightings, own).join('; '),
    hosts: (verdict?.hosts ?? []).map(own).join('; '),
  };
};

/** The tokens as CSV. */
export const writeCsv = (outgoing: Outgoing): string => {
  const { tokens, redact, options } = outgoing;
  const verdicts = new Map(options.verdicts?.tokens.map((verdict) => [verdict.id, verdict]));
  const sightings = sightingsBy(outgoing.sightings, 'token');
  const rows = tokens.map((record) => {
    const cells = cellsOf(outgoing, record, sightings.get(record.id) ?? [], verdicts.get(record.id));
    return [...COLUMNS.map((column) => cells[column]), ...(redact ? [] : [record.removed ? '' : record.compact])];
  });
  return csvOf([[...COLUMNS, ...(redact ? [] : [LIVE_COLUMN])], ...rows]);
};
