import { describe, expect, it } from 'vitest';
import { answer, MAX_EVIDENCE } from '../../../src/core/capture/answer.ts';

const answeredWith = (status: number, ...headers: readonly (readonly [string, string])[]) =>
  answer(
    status,
    5,
    headers.map(([name, value]) => ({ name, value })),
  );
const answered = answeredWith.bind(undefined, 302);

describe('answer', () => {
  it('keeps the nonce for the next proof, whatever the case of its name', () => {
    expect(answered(['dpop-nonce', 'eyJ7S_zG.eyJH0-Z.HX4w-7v'])).toEqual({
      status: 302,
      end: 5,
      dpopNonce: 'eyJ7S_zG.eyJH0-Z.HX4w-7v',
    });
    expect(answered(['DPoP-Nonce', 'n-1'], ['DPoP-Nonce', 'n-2'])).toMatchObject({ dpopNonce: 'n-1' });
  });

  it('keeps the Location of a redirect, and no other', () => {
    for (const location of ['https://app.test/cb?code=abc&state=x', '/orders?page=2', '#a']) {
      expect(answered(['Location', location])).toEqual({ status: 302, end: 5, location });
    }
    expect(answeredWith(308, ['Location', '/']).location).toBe('/');
    expect(answeredWith(201, ['Location', '/orders/1'])).toEqual({ status: 201, end: 5 });
    expect(answeredWith(401, ['Location', '/login'])).toEqual({ status: 401, end: 5 });
    expect(answered(['Location', ''], ['DPoP-Nonce', ''])).toEqual({ status: 302, end: 5 });
  });

  it('leaves out what is too long, since a part would be another value', () => {
    const fitting = `/cb?state=${'x'.repeat(MAX_EVIDENCE - '/cb?state='.length)}`;
    expect(answered(['Location', fitting]).location).toBe(fitting);
    expect(answered(['Location', `${fitting}x`])).toEqual({ status: 302, end: 5 });
    expect(answered(['DPoP-Nonce', 'n'.repeat(MAX_EVIDENCE + 1)])).toEqual({ status: 302, end: 5 });
  });
});
