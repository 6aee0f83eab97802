// @vitest-environment happy-dom
/** The dialogue of the export: what it offers, what it says of the file, and that nothing live goes out unasked. */
import { describe, expect, test } from 'vitest';
import { exportLog } from '../../../src/core/report/export.ts';
import type { PanelSource } from '../../../src/panel/source.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen } from '../records.ts';
import { all, click, named, open, press, select, text, texts, the, type, until } from '../screen.ts';

const token = hmacToken(SECRET, {
  payload: { sub: 'alice-1', email: 'alice@corp.test', exp: NOW / 1000 - 60, roles: ['admin'] },
});
const other = hmacToken(SECRET, { payload: { sub: 'bob-2', name: 'Bob Barker', exp: NOW / 1000 + 600 } });
const signature = token.split('.')[2] ?? '';

const refused = seen(token, { id: 'x1', status: 401, url: 'https://api.test/me?login_hint=alice%40corp.test' });
const records = [...refused, ...seen(other, { id: 'x2', status: 200 }), exchangeRecord('x3', { status: 403 })];

const openDialog = async (): Promise<HTMLElement> => {
  const button = named('Export…');
  button.focus();
  await click(button);
  return until(() => the('dialog[open]'));
};
const field = (label: string): HTMLInputElement | HTMLSelectElement => {
  const found = all('dialog label')
    .find((one) => one.textContent?.trim().startsWith(label))
    ?.querySelector<HTMLInputElement | HTMLSelectElement>('input, select');
  if (!found) throw new Error(`no field ${label}`);
  return found;
};
const preview = (): Promise<string> =>
  until(() => {
    const area = the('dialog textarea.preview');
    if (!(area instanceof HTMLTextAreaElement) || area.value === '') throw new Error('no preview');
    return area.value;
  });
/** Another choice makes another file: the one before must not be taken for it. */
const remade = async (holds: (shown: string) => void): Promise<string> => {
  await until(async () => holds(await preview()));
  return preview();
};

test('a file that the browser does not save is said, and stays', async () => {
  const { fake } = await open({ records });
  fake.source.save = () => Promise.reject(new Error('no disk'));
  await openDialog();
  const shown = await preview();
  await click(named('Save the file'));
  await until(() => expect(text('dialog output')).toBe('The file could not be made. Close this and try again.'));
  expect(await preview()).toBe(shown);
});

test('is redacted by default, persons masked, and saves what the preview shows', async () => {
  const { fake } = await open({ records });
  await openDialog();
  const shown = await preview();
  expect(shown).toContain('alice-1');
  expect(shown).not.toContain(signature);
  expect(shown).not.toMatch(/corp\.test|Bob Barker/);
  expect(text('dialog .counts')).toBe(
    '2 tokens and 3 exchanges. Left out or replaced: signatures 2, captured tokens 0, other secrets 0, parts of paths that look like keys 0, claims 3. ' +
      'A scan proved that no captured token is left in the file.',
  );
  await click(named('Save the file'));
  await until(() => expect(all('dialog')).toEqual([]));
  expect(fake.saved).toEqual([{ name: 'claimcheck-2027-01-15T080000.json', type: 'application/json', text: shown }]);
  expect(text('.notice')).toBe('Saved as claimcheck-2027-01-15T080000.json.');
});

describe('claims', () => {
  test('that occur are offered, those about a person first and ticked', async () => {
    await open({ records });
    await openDialog();
    expect(texts('.export-masks li')).toEqual(['email', 'name', 'exp', 'roles', 'sub']);
    expect(all('.export-masks li input').map((box) => box.matches(':checked'))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('that are ticked off go out', async () => {
    await open({ records });
    await openDialog();
    await preview();
    await click(field('email'));
    expect(await remade((shown) => expect(shown).toContain('alice@corp.test'))).not.toContain('Bob Barker');
  });

  test('can be named by hand', async () => {
    await open({ records });
    await openDialog();
    await preview();
    await type(field('Other claims'), 'roles, sub');
    await remade((shown) => expect(shown).not.toMatch(/admin|alice-1|bob-2/));
  });
});

describe('scope', () => {
  test('is the whole log, what the filter shows, or what is selected, each with its size', async () => {
    await open({ records });
    await openDialog();
    expect(texts('dialog option').slice(4)).toEqual([
      'Whole log · 2 tokens',
      'Filtered · 2 tokens',
      'Selected · 0 tokens',
    ]);
    expect(
      all('dialog option')
        .map((option) => option.matches(':disabled'))
        .at(-1),
    ).toBe(true);
  });

  test('the filter', async () => {
    await open({ records });
    await type(the('.search input'), 'bob');
    await until(() => expect(all('[role=option]')).toHaveLength(1));
    await openDialog();
    await preview();
    await type(field('Scope'), 'shown');
    const shown = JSON.parse(await remade((now) => expect(now).toContain('"part":true')));
    expect(shown.tokens.map(({ payload }: { payload: { sub: string } }) => payload.sub)).toEqual(['bob-2']);
    expect(text('dialog .counts')).toContain('1 token and 1 exchange.');
  });

  test('the selection', async () => {
    await open({ records });
    await select(0);
    await openDialog();
    await preview();
    await type(field('Scope'), 'selected');
    expect(JSON.parse(await remade((now) => expect(now).toContain('"part":true'))).tokens).toHaveLength(1);
  });
});

describe('format', () => {
  test('CSV has the verdict', async () => {
    const { fake } = await open({ records });
    await select(0);
    await openDialog();
    await preview();
    await type(field('Format'), 'csv');
    const shown = await remade((now) => expect(now.split('\r\n')[0]).toMatch(/^token,kind,alg/));
    expect(shown).toMatch(/^token-\d,access_token,HS256,.*,no_key,expired,/m);
    await click(named('Save the file'));
    await until(() => expect(fake.saved).toHaveLength(1));
    expect(fake.saved[0]).toMatchObject({ name: 'claimcheck-2027-01-15T080000.csv', type: 'text/csv' });
  });

  test('the report says why a request was refused', async () => {
    const { fake } = await open({ records });
    await openDialog();
    await preview();
    await type(field('Format'), 'markdown');
    const shown = await remade((now) => expect(now).toContain('# Claimcheck report'));
    expect(shown).toContain('Redacted: signatures are left out');
    expect(shown).toContain('| Token | Kind | Algorithm |');
    expect(shown).toMatch(/### 1\\. `GET https:\/\/api\.test\/me\?login_hint=\*\*\*`/);
    expect(shown).toMatch(/- Reason: .*expired/);
    await click(named('Save the file'));
    await until(() => expect(fake.saved[0]?.name).toBe('claimcheck-2027-01-15T080000.md'));
  });

  test('HAR', async () => {
    const { fake } = await open({ records });
    await openDialog();
    await preview();
    await type(field('Format'), 'har');
    expect(JSON.parse(await remade((now) => expect(now).toContain('"log"'))).log.entries).toHaveLength(3);
    await click(named('Save the file'));
    await until(() => expect(fake.saved[0]?.name).toBe('claimcheck-2027-01-15T080000.har'));
  });
});

describe('live credentials', () => {
  test('go out only when chosen, which everything says', async () => {
    const { fake } = await open({ records });
    await openDialog();
    await preview();
    await click(field('Include live credentials'));
    await remade((shown) => expect(shown).toContain(signature));
    expect(text('dialog')).toContain('whoever has the file can use them');
    expect(the('.export-masks')).toHaveProperty('disabled', true);
    expect(named('Copy with live credentials')).toBeDefined();
    await click(named('Save with live credentials'));
    await until(() => expect(fake.saved).toHaveLength(1));
    expect(fake.saved[0]?.name).toBe('claimcheck-2027-01-15T080000-LIVE.json');
  });

  test('are not remembered', async () => {
    await open({ records });
    await openDialog();
    await click(field('Include live credentials'));
    await remade((shown) => expect(shown).toContain(signature));
    await press(the('dialog'), 'Escape');
    await until(() => expect(all('dialog')).toEqual([]));
    await openDialog();
    expect(field('Include live credentials')).toHaveProperty('checked', false);
    expect(await preview()).not.toContain(signature);
  });

  test('what is not made yet cannot be saved: no live file under the name of a redacted one', async () => {
    let isStuck = false;
    const slow: PanelSource['exportLog'] = async (what, options) =>
      isStuck ? new Promise(() => undefined) : exportLog(what, options);
    await open({ records }, { exportLog: slow });
    await openDialog();
    await click(field('Include live credentials'));
    await remade((shown) => expect(shown).toContain(signature));
    isStuck = true;
    await click(field('Include live credentials'));
    expect(named('Save the file')).toHaveProperty('disabled', true);
    expect(named('Copy')).toHaveProperty('disabled', true);
    expect(the('dialog textarea.preview')).toHaveProperty('value', '');
  });
});

test('the text can be copied', async () => {
  const { fake } = await open({ records });
  await openDialog();
  const shown = await preview();
  await click(named('Copy'));
  await until(() => expect(fake.copied).toEqual([shown]));
  expect(text('dialog output')).toBe('Copied.');
});

test('what a person typed as a key is in no redacted file', async () => {
  const secret = 'correct-horse-battery-staple-42';
  const carrier = hmacToken(SECRET, { payload: { sub: 'carol', note: `the secret is ${secret}` } });
  const { fake } = await open({ records: seen(carrier) });
  await fake.source.addKey(secret, '');
  await openDialog();
  const shown = await preview();
  expect(shown).toContain('carol');
  expect(shown).not.toContain(secret);
});

test('a file that the proof refused is not written', async () => {
  await open({ records }, { exportLog: async () => ({ error: 'leak', found: 3 }) });
  await openDialog();
  await until(() => expect(text('dialog [role=alert]')).toContain('3 of the captured tokens'));
  expect(named('Save the file')).toHaveProperty('disabled', true);
  expect(named('Copy')).toHaveProperty('disabled', true);
});

test('a worker that breaks is told', async () => {
  await open({ records }, { exportLog: () => Promise.reject(new Error('gone')) });
  await openDialog();
  await until(() => expect(text('dialog [role=alert]')).toBe('The file could not be made. Close this and try again.'));
});

test('closed, it ends the work on the file', async () => {
  let [started, ended] = [false, false];
  const exportLog: PanelSource['exportLog'] = (_log, _options, signal) => {
    started = true;
    return new Promise(() =>
      signal.addEventListener('abort', () => {
        ended = true;
      }),
    );
  };
  await open({ records }, { exportLog });
  await openDialog();
  await until(() => expect(started).toBe(true));
  await click(named('Close'));
  await until(() => expect(ended).toBe(true));
});

test('is not offered while there is nothing to export', async () => {
  await open();
  expect(named('Export…')).toHaveProperty('disabled', true);
});
