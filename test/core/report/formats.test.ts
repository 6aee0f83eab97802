/** What holds of each format alike: nothing captured is left, names agree, parts are parts, and the proof refuses. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportLog } from '../../../src/core/report/export.ts';
import type { ExportFormat } from '../../../src/core/report/exported.ts';
import { leakScanner } from '../../../src/core/report/proof.ts';
import { formsOf } from '../../e2e/secret-forms.ts';
import { processorTime } from '../../fixtures/processor-time.ts';
import { signatures } from './arbitrary.ts';
import { exchange, jws, live, log, planted, redacted, sighting, textOf, token, verdictsOf } from './logs.ts';

const FORMATS: readonly ExportFormat[] = ['json', 'csv', 'markdown', 'har'];
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const AUTHORIZATION = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' } as const;

/** 16 characters or more that each file of the format has. */
const FIXED: Readonly<Record<ExportFormat, string>> = {
  json: '"kind":"log","exportedAt":',
  csv: 'issued_at,expires_at,',
  markdown: '- exchanges: 0\n- refusals: 0',
  har: '"creator":{"name":"Claimcheck"',
};

/** Backslashes before punctuation, doubled quotes and numeric entities off, as a reader of Markdown or CSV does. */
const plain = (text: string) =>
  text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('""', '"')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

describe.each(FORMATS)('%s', (format) => {
  it('holds no captured token, wherever it stood and whoever quotes it', () => {
    fc.assert(
      fc.property(planted, ({ log: what, stuff }) => {
        const text = textOf(what, { ...redacted, format, verdicts: verdictsOf(what, stuff) });
        expect(leakScanner(what.tokens.map(({ compact }) => compact))(text)).toEqual([]);
        const parts = what.tokens.flatMap(({ compact }) => [compact, ...compact.split('.').slice(1)]);
        for (const part of parts.filter(({ length }) => length >= 40)) {
          for (const form of formsOf(part)) expect(text).not.toContain(form);
          expect(plain(text)).not.toContain(part);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('has no credential of a URL, a challenge or a typed key', () => {
    const CODE = 'Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv';
    const secret = 'correct-horse-battery-staple';
    const compact = jws(`{"sub":"alice","note":"${secret}"}`);
    const what = log({
      tokens: [token(compact)],
      exchanges: [
        exchange(`https://u:p4ss@a.io/cb?code=${CODE}&state=s&api_key=k3y`, {
          wwwAuthenticate: ['Negotiate YIIFbAYGKwYBBQUC'],
          opaque: ['authorization Bearer'],
        }),
      ],
      sightings: [sighting(compact, AUTHORIZATION)],
    });
    const verdicts = verdictsOf(what, `code ${CODE}`);
    const text = textOf(what, { ...redacted, format, verdicts, keys: [secret] });
    expect(plain(text)).not.toMatch(new RegExp(`${CODE}|${secret}|p4ss|k3y|YIIF`));
    expect(text).toContain('alice');
  });

  it('masks the claims that were chosen wherever they stand', () => {
    const compact = jws('{"sub":"u-1","email":"alice@corp.test","name":"Alice B. Cooper","aud":"alice@corp.test"}');
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange('https://a.io/?login_hint=alice%40corp.test&n=Alice+B.+Cooper')],
      sightings: [sighting(compact, AUTHORIZATION)],
    });
    const verdicts = verdictsOf(what, 'for Alice B. Cooper, alice@corp.test,');
    const { text, counts } = textAndCounts(what, { ...redacted, format, maskClaims: ['email', 'name'], verdicts });
    expect(counts.replaced.signatures).toBe(1);
    expect(counts.replaced.claims).toBeGreaterThanOrEqual(3);
    expect(plain(text)).not.toMatch(/alice|corp|cooper/i);
    expect(text).toContain('u-1');
    expect(textOf(what, { ...live, format, verdicts, maskClaims: ['email'] })).toContain('Cooper');
  });

  it('names what is in a part as the whole does', () => {
    const [one, other] = [jws('{"sub":"one"}'), jws('{"sub":"other","n":1}')];
    const what = log({
      tokens: [token(one), token(other)],
      exchanges: [
        exchange(`https://a.io/?t=${one}`, { id: 'r-1' }),
        exchange(`https://b.io/?t=${other}&hint=${one}`, { id: 'r-2' }),
      ],
      sightings: [
        sighting(one, { kind: 'url_query', name: 't' }, { exchange: 'r-1' }),
        sighting(other, { kind: 'url_query', name: 't' }, { exchange: 'r-2' }),
      ],
    });
    const { text, counts } = textAndCounts(what, { ...redacted, format, only: [`sum-${other}`] });
    expect(text).toContain('token-2');
    expect(text).toContain('other');
    expect(text).not.toMatch(/"one"|https:\/\/a\.io/);
    expect(counts).toMatchObject({ tokens: 1, exchanges: 1, sightings: 1 });
    // What is not in the file is no less secret there.
    expect(leakScanner([one, other])(text)).toEqual([]);
    if (format === 'json') expect(text).toContain('hint=token-1');
  });

  it('is not written when something is left', () => {
    // What is the same in every file of the format cannot be redacted.
    const what = log({ tokens: [token(FIXED[format])] });
    expect(exportLog(what, { ...redacted, format })).toEqual({ error: 'leak', found: 1 });
  });

  it('is written all the same where a token is made of the words of our own that stand in it', () => {
    const word = 'cannot_be_checked-websocket_protocol';
    const compact = `${base64url('{"alg":"HS256"}')}.${word}.${signatures(1)}`;
    const what = log({
      tokens: [token(compact)],
      sightings: [sighting(compact, { kind: 'websocket_protocol', name: word })],
    });
    const { words: _, ...verdicts } = verdictsOf(what, word);
    const told = verdicts.tokens.map((one) => ({
      ...one,
      kind: { code: word, words: word },
      time: { code: word, words: word },
    }));
    const text = textOf(what, { ...redacted, format, verdicts: { ...verdicts, tokens: told, words: { title: word } } });
    expect(text).not.toContain(word);
  });

  it('has the tokens as captured when that is asked for', () => {
    const compact = jws('{"sub":"alice"}');
    const what = log({
      tokens: [token(compact)],
      exchanges: [exchange('https://a.io/')],
      sightings: [sighting(compact, AUTHORIZATION)],
    });
    expect(textOf(what, { ...live, format })).toContain(compact);
  });

  it('writes 10,000 tokens in seconds', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, i) =>
        `${base64url('{"alg":"HS256"}')}.${base64url(`{"jti":"${i}","iss":"https://login.acme.io/realms/main","email":"user${i}@acme.io"}`)}.${signatures(i)}`,
    );
    const what = log({
      tokens: many.map((one) => token(one)),
      exchanges: many.map((compact, i) => exchange(`https://a.io/?a=1&t=${compact}`, { id: `r-${i}`, start: i })),
      sightings: many.map((compact, i) => sighting(compact, AUTHORIZATION, { exchange: `r-${i}` })),
    });
    const options = { ...redacted, format, maskClaims: ['email'], verdicts: verdictsOf(what, 'x') };
    expect(processorTime(() => textOf(what, options))).toBeLessThan(20_000);
  }, 120_000);
});

it('a report has a hundred refusals, and says how many more there are', () => {
  const exchanges = Array.from({ length: 103 }, (_, i) => exchange(`https://a.io/${i}`, { id: `r-${i}` }));
  const what = log({ exchanges });
  const text = textOf(what, { ...redacted, format: 'markdown', verdicts: verdictsOf(what, 'x') });
  expect(text.match(/^### /gm)).toHaveLength(100);
  expect(text).toContain('\n… +3\n');
});

function textAndCounts(...asked: Parameters<typeof exportLog>) {
  const exported = exportLog(...asked);
  if ('error' in exported) throw new Error(`leak of ${exported.found}`);
  return exported;
}
