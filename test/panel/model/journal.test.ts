import { expect, test } from 'vitest';
import { createJournal, MAX_ENTRIES } from '../../../src/panel/model/journal.ts';

test('each reader is told what is new to it, once', () => {
  const journal = createJournal();
  expect(journal.since(undefined)).toBeUndefined();
  const start = journal.end();
  for (const id of ['a', 'b', 'a']) journal.note(id);
  expect([...(journal.since(start) ?? [])]).toEqual(['a', 'b']);
  const later = journal.end();
  expect(journal.since(later)?.size).toBe(0);
  journal.note('c');
  expect([...(journal.since(later) ?? [])]).toEqual(['c']);
});

test('who comes too late is told to look at everything, and nothing is kept for ever', () => {
  const journal = createJournal();
  const start = journal.end();
  for (let count = 0; count < MAX_ENTRIES; count += 1) journal.note(`${count}`);
  expect(journal.since(start)?.size).toBe(MAX_ENTRIES);
  const late = journal.end();
  journal.note('one more');
  expect(journal.since(start)).toBeUndefined();
  expect([...(journal.since(late) ?? [])]).toEqual(['one more']);
});
