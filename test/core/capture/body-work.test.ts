import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyWork, parseBodyTokens } from '../../../src/core/capture/body-work.ts';
import { textOf } from '../../../src/core/capture/text-of.ts';
import { jws } from './compact.ts';

const token = jws({ sub: 'alice' });
const read = { kind: 'response_body', mimeType: 'application/json' };

describe('createBodyWork', () => {
  it('puts the pieces together, wherever they were cut, and begins anew', () => {
    const text = JSON.stringify({ 'ü😀': [token] });
    for (let at = 0; at <= text.length; at += 1) {
      const work = createBodyWork();
      for (const piece of [text.slice(0, at), text.slice(at)]) expect(work({ piece })).toBeUndefined();
      expect(work({ read })).toMatchObject({ found: [{ compact: token, place: { path: '["ü😀"][0]' } }] });
      expect(work({ read })).toEqual({ found: [], dropped: 0 });
    }
  });

  it('decodes what DevTools gave in base64', () => {
    const work = createBodyWork();
    const content = Buffer.from(`{"t":"${token}","u":"ü"}`).toString('base64');
    for (let at = 0; at < content.length; at += 7) work({ piece: content.slice(at, at + 7) });
    expect(work({ read: { ...read, base64: true, cut: true } })).toMatchObject({
      found: [{ compact: token, place: { path: 't', cut: true } }],
    });
    expect(textOf('%%%', true)).toBe('');
  });

  it('passes over what is no such message, and gives nothing that its answer is not', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect(createBodyWork()(message)).toBeUndefined();
        expect(parseBodyTokens(message)).toBeUndefined();
      }),
    );
    const place = { kind: 'local_storage', name: '' };
    expect(parseBodyTokens({ found: [{ compact: token, place }], dropped: 0 })).toBeUndefined();
  });
});
