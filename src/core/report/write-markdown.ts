import type { SightingRecord, TokenRecord } from '../capture/records.ts';
import { type Described, describeToken } from './describe-token.ts';
import type { Refusal, ReportWord, TokenVerdict } from './exported.ts';
import { code, fenced, fencedJson, sentence, table } from './markdown.ts';
import { isoTime, type Outgoing } from './outgoing.ts';
import { placesOf, sightingsBy } from './places.ts';
import { claimTimes, membersOf, textOf } from './told-claims.ts';
import { withoutMasked, withoutOwnMasked } from './without-masked.ts';

/*
 * A report for people: when and what, a table of the tokens with their four answers, why each refused exchange was
 * refused, and each token's claims. Whatever was captured stands in code spans, fences or escaped: it is text there and
 * no link, picture, heading or HTML.
 */

/** Refusals with their reasons; of thousands the first say it, and a bug tracker takes no megabytes. */
const MAX_REFUSALS = 100;
/** Tokens with their claims, for the same reason; the table has all. */
const MAX_SECTIONS = 200;

type Say = (word: ReportWord) => string;

const list = (facts: readonly (readonly [label: string, text: string])[]): string =>
  facts.flatMap(([label, text]) => (text === '' ? [] : `- ${sentence(label)}: ${text}\n`)).join('');

const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

const headOf = ({ options, redact, tokens, exchanges }: Outgoing, say: Say, refused: number): string =>
  `# ${sentence(say('title'))}\n\n${list([
    [say('exported'), isoTime(options.at) ?? '–'],
    [say('version'), code(options.version)],
    [say('browser'), code(options.browser)],
    [say('tokens'), String(tokens.length)],
    [say('exchanges'), String(exchanges.length)],
    [say('refusals'), String(refused)],
  ])}\n${sentence(redact ? say('redacted') : say('live'))}\n${options.only ? `\n${sentence(say('part'))}\n` : ''}`;

const answersOf = (verdict: TokenVerdict | undefined, own: (text: string) => string): readonly string[] =>
  (['signature', 'time', 'policy', 'trust'] as const).map((answer) => own(verdict?.[answer].words ?? ''));

/** One token, described once: what is taken out of it is counted. */
interface Told {
  readonly record: TokenRecord;
  readonly described: Described;
  readonly verdict: TokenVerdict | undefined;
}

const tableOf = (outgoing: Outgoing, say: Say, all: readonly Told[]): string => {
  const head: readonly ReportWord[] = [
    ...(['token', 'kind', 'alg', 'iss', 'sub', 'signature', 'time', 'policy', 'trust', 'verdict'] as const),
  ];
  const rows = all.map(({ record, described: { about, header, payload }, verdict }) => {
    const own = withoutOwnMasked(outgoing, record);
    const { iss, sub } = membersOf(payload);
    const alg = own(verdict?.alg ?? '') || textOf(membersOf(header).alg);
    const told = [about.id, own(verdict?.kind.words ?? ''), alg, textOf(iss), textOf(sub)];
    return [...told, ...answersOf(verdict, own), own(verdict?.sentence ?? '')];
  });
  return `\n## ${sentence(say('tokens'))}\n\n${table(
    head.map((word) => say(word)),
    rows,
  )}`;
};

const refusalsOf = (outgoing: Outgoing, say: Say, refusals: readonly Refusal[]): string => {
  const { redact, names, exchanges } = outgoing;
  const text = redact?.text ?? ((given: string) => given);
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  // A refusal compares tokens, and may quote any of them.
  const own = withoutMasked(outgoing);
  const sections = refusals.slice(0, MAX_REFUSALS).map((refusal, index) => {
    const { method = '', url = '', status, start = 0, wwwAuthenticate = [] } = byId.get(refusal.id) ?? {};
    const challenges = wwwAuthenticate.map((one) => code(text(redact ? redact.challenge(one) : one)));
    const evidence = refusal.evidence.map((one) => `- ${sentence(own(one))}\n`).join('');
    return `\n### ${index + 1}\\. ${code(text(`${method} ${url}`))}\n\n${list([
      [say('answered'), `${status ?? '–'}, ${isoTime(start) ?? '–'}`],
      [say('token'), refusal.token === undefined ? '' : code(names.tokens.get(refusal.token) ?? '')],
      [say('reason'), sentence(own(refusal.sentence))],
      ['WWW-Authenticate', challenges.join(', ')],
    ])}${evidence}`;
  });
  const more = refusals.length - sections.length;
  const none = refusals.length === 0 ? `\n${sentence(say('no_refusals'))}\n` : '';
  return `\n## ${sentence(say('refusals'))}\n${none}${sections.join('')}${more > 0 ? `\n… +${more}\n` : ''}`;
};

const sectionOf = (outgoing: Outgoing, say: Say, told: Told, sightings: readonly SightingRecord[]): string => {
  const { record, verdict } = told;
  const { about, header, payload } = told.described;
  const own = withoutOwnMasked(outgoing, record);
  const times = claimTimes(payload);
  const [signature = '', time = '', policy = '', trust = ''] = answersOf(verdict, own);
  const facts = list([
    [say('verdict'), verdict ? sentence(own(verdict.sentence)) : ''],
    [say('signature'), signature && sentence(signature)],
    [say('time'), time && sentence(time)],
    [say('policy'), policy && sentence(policy)],
    [say('trust'), trust && sentence(trust)],
    [say('issued_at'), times.issuedAt],
    [say('expires_at'), times.expiresAt],
    [say('first_seen'), isoTime(about.firstSeen) ?? ''],
    [say('requests'), verdict ? String(verdict.requests) : ''],
    [say('refused'), verdict ? String(verdict.refused) : ''],
    [say('places'), codes(placesOf(sightings, own))],
    [say('hosts'), codes((verdict?.hosts ?? []).map(own))],
  ]);
  const parts = [
    ...(header === undefined ? [] : [[say('header'), fencedJson(header)]]),
    ...(payload === undefined ? [] : [[say('payload'), fencedJson(payload)]]),
    ...(about.compact === undefined ? [] : [[say('compact'), fenced(about.compact.split('\n'))]]),
  ].map(([label = '', block]) => `\n${sentence(label)}\n\n${block}`);
  const unreadable = header === undefined ? `\n${sentence(say('unreadable'))}\n` : '';
  const kind = verdict ? ` · ${sentence(own(verdict.kind.words))}` : '';
  return `\n## ${code(about.id)}${kind}\n\n${facts}${unreadable}${parts.join('')}`;
};

/** The report, in the words of the panel. */
export const writeMarkdown = (outgoing: Outgoing): string => {
  const { tokens, exchanges, options } = outgoing;
  // A page that sends one of them as a part of a token may not keep the report from being written.
  const text = outgoing.redact?.text ?? ((given: string) => given);
  const say: Say = (word) => text(options.verdicts?.words[word] ?? word);
  const verdicts = new Map(options.verdicts?.tokens.map((verdict) => [verdict.id, verdict]));
  const here = new Set(exchanges.map(({ id }) => id));
  const refusals = (options.verdicts?.refusals ?? []).filter(({ id }) => here.has(id));
  const sightings = sightingsBy(outgoing.sightings, 'token');
  const all = tokens.map((record) => ({
    record,
    described: describeToken(record, outgoing),
    verdict: verdicts.get(record.id),
  }));
  const sections = all
    .slice(0, MAX_SECTIONS)
    .map((told) => sectionOf(outgoing, say, told, sightings.get(told.record.id) ?? []));
  const more = tokens.length > MAX_SECTIONS ? `\n${sentence(say('more'))}\n` : '';
  return [
    headOf(outgoing, say, refusals.length),
    tableOf(outgoing, say, all),
    refusalsOf(outgoing, say, refusals),
    ...sections,
    more,
  ].join('');
};
