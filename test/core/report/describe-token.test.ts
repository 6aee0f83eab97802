/** What files say of tokens of each kind: what goes with a signature, and what came out of a redacted file before. */
import { describe, expect, it } from 'vitest';
import type { TokenRecord } from '../../../src/core/capture/records.ts';
import { leakScanner } from '../../../src/core/report/proof.ts';
import { signatures } from './arbitrary.ts';
import { exchange, jws, live, log, redacted, textOf, token } from './logs.ts';

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const tokens = (records: readonly TokenRecord[], options = redacted) =>
  JSON.parse(textOf(log({ tokens: records }), options)).tokens;

describe('an SD-JWT', () => {
  const disclosures = [base64url('["c2FsdHNhbHQ","email","alice@corp.test"]'), base64url('["c2FsdDI","age",42]')];
  const binding = jws('{"nonce":"n-1","sd_hash":"x"}', '{"alg":"ES256","typ":"kb+jwt"}');
  const compact = `${jws('{"sub":"alice","_sd":["x","y"]}')}~${disclosures.join('~')}~${binding}`;

  it('goes out without its disclosures and key binding', () => {
    const what = log({
      tokens: [token(compact)],
      // Each of them is a secret by itself.
      exchanges: [
        exchange(`https://a.io/?d=${disclosures[0]}`),
        exchange(`https://a.io/${disclosures[1]}`, { id: 'x' }),
      ],
    });
    const text = textOf(what, redacted);
    expect(JSON.parse(text).tokens[0]).toMatchObject({
      signature: 'removed',
      disclosures: 2,
      payload: { sub: 'alice' },
    });
    expect(text).not.toContain('corp.test');
    for (const secret of [...disclosures, ...binding.split('.')]) expect(text).not.toContain(secret);
    expect(leakScanner([compact])(text)).toEqual([]);
  });

  it('goes out as captured in a live file', () => {
    expect(tokens([token(compact)], live)).toEqual([
      expect.objectContaining({ compact, signature: 'included', disclosures: 2 }),
    ]);
  });

  it('without a signature has none of its disclosures either', () => {
    const bare = `${base64url('{"alg":"none"}')}.${base64url('{"sub":"alice"}')}.~${disclosures[0]}~`;
    const text = textOf(log({ tokens: [token(bare)] }), redacted);
    expect(text).toContain('"signature":"removed"');
    expect(text).not.toContain(disclosures[0]);
  });
});

describe('a JSON serialisation', () => {
  it('with an unencoded payload keeps it readable', () => {
    const header = base64url('{"alg":"HS256","b64":false,"crit":["b64"]}');
    const payload = '{"sub":"alice","role":"administrator"}';
    const text = JSON.stringify({ protected: header, payload, signature: signatures(1) });
    const out = textOf(log({ tokens: [token(text)] }), redacted);
    expect(out).toContain('administrator');
    expect(out).not.toContain(signatures(1));
    expect(out).not.toContain(header);
  });

  it('hides each of several signatures, wherever else they stand', () => {
    const [, payload] = jws('{"sub":"alice"}').split('.');
    const parts = [1, 2].map((n) => ({
      protected: base64url(`{"alg":"HS256","kid":"k${n}"}`),
      signature: signatures(n),
    }));
    const text = JSON.stringify({ payload, signatures: parts });
    const what = log({ tokens: [token(text)], exchanges: [exchange(`https://a.io/?s=${signatures(2)}`)] });
    const out = textOf(what, redacted);
    for (const { signature } of parts) expect(out).not.toContain(signature);
    expect(out).toContain('alice');
  });
});

describe('a token out of a redacted file', () => {
  const removed = { name: 'token-3', segments: [20, 30, 43], problems: [] } as const;
  const left = `${base64url('{"alg":"HS256"}')}.${base64url('{"sub":"alice"}')}.`;
  const record: TokenRecord = { ...token(left), removed };

  it.each([
    ['redacted', redacted],
    ['live', live],
  ])('goes out as it came, in a %s file', (_, options) => {
    expect(tokens([record], options)).toEqual([
      {
        ...{ id: 'token-3', form: 'jws', firstSeen: 1, segments: [20, 30, 43], signature: 'removed', problems: [] },
        ...{ header: { alg: 'HS256' }, payload: { sub: 'alice' } },
      },
    ]);
  });

  it('had no signature that was removed where it had none', () => {
    const [one] = tokens([{ ...record, removed: { ...removed, segments: [20, 30, 0] } }]);
    expect(one).toMatchObject({ signature: 'none', segments: [20, 30, 0] });
  });

  it('keeps its name, of which addresses speak, and takes it from no other', () => {
    const same: TokenRecord = { ...record, id: 'sum-2' };
    const odd: TokenRecord = { ...record, id: 'sum-3', removed: { ...removed, name: 'token-1 <b>' } };
    const others = [token(jws('{"n":1}')), token(jws('{"n":22}')), token(jws('{"n":333}'))];
    expect(tokens([...others, record, same, odd]).map(({ id }: { id: string }) => id)).toEqual([
      ...['token-1', 'token-2', 'token-7', 'token-3', 'token-5', 'token-6'],
    ]);
  });
});
