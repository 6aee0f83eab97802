import { describe, expect, it } from 'vitest';
import { answer, MAX_EVIDENCE } from '../../../src/core/capture/answer.ts';

const answered = (...headers: readonly (readonly [string, string])[]) =>
  answer(
    302,
    5,
    headers.map(([name, value]) => ({ name, value })),
  );

describe('answer', () => {
  it('keeps the nonce for the next proof, whatever the case of its name', () => {
    expect(answered(['dpop-nonce', 'eyJ7S_zG.eyJH0-Z.HX4w-7v'])).toEqual({
      status: 302,
      end: 5,
      dpopNonce: 'eyJ7S_zG.eyJH0-Z.HX4w-7v',
    });
    expect(answered(['DPoP-Nonce', 'n-1'], ['DPoP-Nonce', 'n-2'])).toMatchObject({ dpopNonce: 'n-1' });
  });

  it('keeps a Location that answers a login, and no other', () => {
    const location = 'https://app.test/cb?code=abc&state=x';
    expect(answered(['Location', location])).toEqual({ status: 302, end: 5, location });
    expect(answered(['Location', 'https://app.test/orders?page=2'])).toEqual({ status: 302, end: 5 });
    expect(answered(['Location', ''], ['DPoP-Nonce', ''])).toEqual({ status: 302, end: 5 });
  });

  it('leaves out what is too long, since a part would be another value', () => {
    const fitting = `/cb?state=${'x'.repeat(MAX_EVIDENCE - '/cb?state='.length)}`;
    expect(answered(['Location', fitting]).location).toBe(fitting);
    expect(answered(['Location', `${fitting}x`])).toEqual({ status: 302, end: 5 });
    expect(answered(['DPoP-Nonce', 'n'.repeat(MAX_EVIDENCE + 1)])).toEqual({ status: 302, end: 5 });
  });
});
