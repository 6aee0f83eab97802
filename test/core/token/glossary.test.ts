import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainAlg, explainClaim, explainHeader, explainTyp } from '../../../src/core/token/glossary.ts';
import {
  ALGORITHMS,
  CLAIMS,
  HEADER_PARAMETERS,
  PRIVATE_CLAIMS,
  SEALED_HEADER_PARAMETERS,
  TYPES,
} from '../../../src/core/token/glossary-names.ts';

const texts: Record<string, string> = JSON.parse(readFileSync('src/_locales/en/glossary.json', 'utf8'));
const namesOf = (table: string): readonly string[] =>
  table
    .trim()
    .split('\n')
    .flatMap((line) => line.split('|').at(-1)?.split(' ') ?? []);

const TABLES = [
  ['header', HEADER_PARAMETERS, (name: string) => explainHeader(name)],
  ['header_jwe', SEALED_HEADER_PARAMETERS, (name: string) => explainHeader(name, true)],
  ['claim', CLAIMS, explainClaim],
  ['claim', PRIVATE_CLAIMS, explainClaim],
  ['alg', ALGORITHMS, explainAlg],
  ['typ', TYPES, explainTyp],
] as const;

describe('the glossary', () => {
  it('has a text for each name, and a name for each text', () => {
    const keys = TABLES.flatMap(([, table, explain]) => namesOf(table).map((name) => explain(name)?.key));
    expect(keys.toSorted()).toEqual(Object.keys(texts).toSorted());
  });

  it('names a key once, in letters a browser takes', () => {
    for (const [prefix, table, explain] of TABLES) {
      for (const name of namesOf(table)) {
        expect(explain(name)?.key).toMatch(new RegExp(`^${prefix}_[a-z0-9_]+$`));
        expect(explain(name)?.reference).not.toBe('');
      }
    }
  });

  it('speaks in one short line without a full stop', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect(text.length, key).toBeLessThanOrEqual(75);
      expect(text, key).not.toMatch(/[\n$]|[^.]\.$/);
    }
  });

  it('knows the registries', () => {
    expect(namesOf(CLAIMS).length).toBeGreaterThan(150);
    expect(namesOf(HEADER_PARAMETERS).length).toBeGreaterThan(45);
    expect(namesOf(ALGORITHMS).length).toBeGreaterThan(40);
  });

  it('gives the reference and the sentence', () => {
    expect(explainClaim('iss')).toEqual({ key: 'claim_iss', reference: 'RFC 7519 4.1.1' });
    expect(texts.claim_iss).toBe('who issued it');
    expect(explainHeader('x5t#S256')).toEqual({ key: 'header_x5t_s256', reference: 'RFC 7515 4.1.8' });
    expect(explainClaim('oid')).toEqual({ key: 'claim_entra_oid', reference: 'Entra ID' });
    expect(explainClaim('cognito:groups')?.reference).toBe('Amazon Cognito');
    expect(texts[explainAlg('RS256')?.key ?? '']).toBe('RSA signature with SHA-256');
    expect(explainTyp('application/AT+JWT')).toEqual({ key: 'typ_at_jwt', reference: 'RFC 9068 2.1' });
  });

  it('takes `none` in any case, and other algorithms only as they are registered', () => {
    expect(explainAlg('NonE')?.key).toBe('alg_none');
    expect(explainAlg('rs256')).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString', '', 'hasOwnProperty', '|'])('knows nothing of %j', (name) => {
    for (const [, , explain] of TABLES) expect(explain(name)).toBeUndefined();
  });
});
