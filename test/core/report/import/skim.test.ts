import { describe, expect, it } from 'vitest';
import { skimHar } from '../../../../src/core/report/import/skim.ts';
import { compact } from '../../../fixtures/tokens.ts';

const TOKEN = compact({ alg: 'HS256' }, {}, 'c2lnbmF0dXJl');
const LONG = 'a "quoted" \\ word\n'.repeat(60);

/** An entry as it is after skimming, of one written like this. */
const skimmed = (content: object, indent?: number | string, change: (text: string) => string = String) => {
  const text = change(JSON.stringify({ request: { url: 'x' }, response: { content } }, undefined, indent));
  const octets = new TextEncoder().encode(text);
  const octetwise = new TextDecoder('windows-1252').decode(octets);
  const next = skimHar(octetwise, octets);
  const left: Uint8Array[] = [];
  let at = 0;
  for (let passage = next(0); passage; passage = next(passage.end)) {
    left.push(octets.subarray(at, passage.idleFrom ?? passage.end));
    at = passage.end;
  }
  return JSON.parse(`${Buffer.concat([...left, octets.subarray(at)])}`).response.content;
};

describe.each([undefined, 2, '\t'])('of an entry with indentation %s', (indent) => {
  const about = { size: 1, mimeType: 'text/html' };

  it.each(['x', '\n', '"', '\\', '\u0001', 'é'])('a body without a token keeps its first character: %j', (first) => {
    const content = { ...about, text: first + LONG, comment: 'after' };
    const left = skimmed(content, indent);
    expect(left).toEqual({ ...content, text: left.text });
    expect(left.text).toHaveLength(1);
  });

  it('a body that may hold a token or keys stays, and so does a short one', () => {
    const bodies = [LONG + TOKEN, LONG + JSON.stringify({ jwks_uri: 'x' }), LONG + JSON.stringify({ kty: 'RSA' }), 'x'];
    for (const text of bodies) expect(skimmed({ ...about, text }, indent)).toEqual({ ...about, text });
  });

  it('of what is in base64 only pictures and the like are left out', () => {
    const text = Buffer.from(LONG + TOKEN).toString('base64');
    const html = { ...about, text, encoding: 'base64' };
    expect(skimmed(html, indent)).toEqual(html);
    const picture = { size: 1, mimeType: 'image/png', text, encoding: 'base64' };
    expect(skimmed(picture, indent)).toMatchObject({ text: text[0], encoding: 'base64' });
  });
});

it('members that share a line are told apart', () => {
  const content = { size: 1, mimeType: 'text/html', text: LONG, encoding: 'x', comment: 'y' };
  const oneLine = (text: string) =>
    text.replace(/,\n\s*"encoding"/, ', "encoding"').replace(/,\n\s*"comment"/, ' ,"comment"');
  expect(skimmed(content, 2, oneLine)).toEqual({ ...content, text: 'a' });
});
