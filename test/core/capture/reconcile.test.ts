import { describe, expect, it } from 'vitest';
import { CLOCK_SLACK, type Claim, createReconciler, MAX_WAITING } from '../../../src/core/capture/reconcile.ts';

const seen = (id: string, change: Partial<Claim> = {}): Claim => ({
  witness: 'background',
  tab: 1,
  method: 'GET',
  url: 'https://api.test/me',
  start: 10_000,
  id,
  tokens: [],
  ...change,
});
const told = (id: string, change: Partial<Claim> = {}): Claim =>
  seen(id, { witness: 'devtools', end: 10_050, ...change });

describe('reconcile', () => {
  it('pairs once, in either order', () => {
    for (const [first, second] of [
      [seen('a'), told('b')],
      [told('b'), seen('a')],
    ] as const) {
      const { match } = createReconciler();
      expect(match(first)).toBeUndefined();
      expect(match(second)).toBe(first);
      expect(match({ ...second, id: 'c' })).toBeUndefined();
    }
  });

  it('tells whether the other claim of a time waits, and leaves it waiting', () => {
    const { match, awaits } = createReconciler();
    const { start } = seen('a');
    expect(awaits(told('b'), start + 1)).toBe(false);
    match(seen('a'));
    expect(awaits(told('b'), start + 1)).toBe(true);
    expect(awaits(told('b'), start)).toBe(false);
    expect(awaits(told('b', { tab: 2 }), start + 1)).toBe(false);
    expect(match(told('b'))?.id).toBe('a');
    expect(awaits(told('b'), start + 1)).toBe(false);
  });

  it('takes the nearest start', () => {
    const { match } = createReconciler();
    match(seen('far', { start: 10_040 }));
    match(seen('near', { start: 10_002 }));
    match(seen('early', { start: 9_990 }));
    expect(match(told('x'))?.id).toBe('near');
    expect(match(told('y'))?.id).toBe('early');
  });

  it('looks past the fragment, and at nothing else of another', () => {
    const { match } = createReconciler();
    match(seen('a', { url: 'https://api.test/me#x' }));
    expect(match(told('b', { method: 'POST' }))).toBeUndefined();
    expect(match(told('b', { tab: 2 }))).toBeUndefined();
    expect(match(told('b', { url: 'https://api.test/you' }))).toBeUndefined();
    expect(match(told('b', { url: 'https://api.test/me#y' }))?.id).toBe('a');
  });

  it('keeps apart what does not overlap in time, or carried other tokens', () => {
    const { match } = createReconciler();
    match(seen('early', { start: 10_000 - CLOCK_SLACK - 1 }));
    match(seen('late', { start: 10_050 + CLOCK_SLACK + 1 }));
    match(seen('other', { tokens: ['t1'] }));
    expect(match(told('x', { tokens: ['t2'] }))).toBeUndefined();
    expect(match(told('y', { tokens: ['t3', 't1'] }))?.id).toBe('other');
  });

  it('forgets a tab, and the oldest when too many wait', () => {
    const { match, forgetTab } = createReconciler();
    match(seen('gone'));
    forgetTab(1);
    expect(match(told('x', { tab: 1 }))).toBeUndefined();
    for (let index = 0; index <= MAX_WAITING; index += 1)
      match(seen(`${index}`, { tab: 2, url: `https://a.test/${index}` }));
    expect(match(told('y', { tab: 2, url: 'https://a.test/0' }))).toBeUndefined();
    expect(match(told('z', { tab: 2, url: `https://a.test/${MAX_WAITING}` }))?.id).toBe(`${MAX_WAITING}`);
  });
});
