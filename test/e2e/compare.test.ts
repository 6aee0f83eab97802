/** Issue 4, part 8, and the menu of a row: two tokens compared claim by claim; a token hidden and shown again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import { axeInThemes, NO_VIOLATIONS } from './axe.ts';
import type { Surface } from './driver.ts';
import { openToken, rowsAre, rowWith } from './panel-reader.ts';
import { inBothBrowsers } from './scenario.ts';
import { bearer, call, tokenOf } from './traffic.ts';
import { closeDialog, openPanel } from './trust.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const COMMON = { jti: 'same', realm: { roles: ['reader', 'writer'], name: 'shop' } };

/** What the table of claims says: sign and word, path, left, right. */
const rowsOf = (panel: Surface): Promise<readonly (readonly string[])[]> =>
  panel.waitUntil({ what: 'the table of claims' }, () => {
    const rows = [...document.querySelectorAll('[aria-label=Payload].compared tbody tr')];
    return rows.length > 0 && rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? ''));
  });

const menuItems = (panel: Surface): Promise<readonly string[]> =>
  panel.waitUntil({ what: 'the menu' }, () => {
    const items = [...document.querySelectorAll('[role=menuitem]')];
    return items.length > 0 && items.map(({ textContent }) => textContent ?? '');
  });

describe('two tokens', () => {
  inBothBrowsers('compare', (driver) => {
    let panel: Surface;
    beforeAll(async () => {
      const { page } = driver();
      await page.goto(site.app);
      panel = await openPanel(driver());
      const now = Math.floor(Date.now() / 1000);
      const older = tokenOf('alice', { ...COMMON, iat: now - 60, exp: now + 600, amr: 'pwd' });
      const newer = tokenOf('alice', {
        ...{ jti: 'same', iat: now, exp: now + 660, acr: 'high' },
        realm: { roles: ['reader', 'admin'], name: 'shop' },
      });
      await call(page, `${site.app}/echo?1`, bearer(older));
      await rowWith(panel, 'alice');
      await call(page, `${site.app}/echo?2`, bearer(newer));
      await call(page, `${site.app}/echo?3`, bearer(tokenOf('bob')));
      await rowsAre(panel, 'bob', 'alice', 'alice');
    });

    test('by the menu of a row: claims added, changed and removed, nested ones by path', async () => {
      await panel.click({ selector: '[role=option]', text: 'alice' }, { button: 'right' });
      expect(await menuItems(panel)).toContain('Compare with…');
      await panel.click({ selector: '[role=menuitem]', text: 'Compare with…' });
      const rows = await rowsOf(panel);
      expect(rows.map(([change, path]) => `${change} ${path}`).toSorted()).toEqual([
        '+ added acr',
        '− removed amr',
        '≠ changed exp',
        '≠ changed iat',
        '≠ changed realm.roles',
      ]);
      expect(rows.find(([, path]) => path === 'realm.roles')?.slice(2)).toEqual([
        'only here: writer',
        'only here: admin',
      ]);
      expect(rows.find(([, path]) => path === 'acr')?.[3]).toBe('high');
      const said = await panel.evaluate(() => document.querySelector('dialog .sentences')?.textContent);
      expect(said).toContain('The right one was issued 1 min later.');
    });

    test('copied as text, and axe finds nothing', async () => {
      expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
      await panel.click({ selector: 'dialog button', text: 'Copy as text' });
      await panel.waitUntil({ what: 'the word of the copy' }, () =>
        document.querySelector('dialog output')?.textContent?.includes('Comparison copied.'),
      );
      await closeDialog(panel);
      await panel.click('.search input');
      await panel.press('Control+v');
      const copied = await panel.waitFor(() => document.querySelector<HTMLInputElement>('.search input')?.value);
      expect(copied).toContain('+ acr: high');
      expect(copied).toContain('≠ realm.roles: −writer +admin');
      expect(copied).not.toContain('eyJ');
      await panel.selectText('.search input');
      await panel.press('Delete');
      await rowsAre(panel, 'bob', 'alice', 'alice');
    });

    test('by key: Shift+F10, arrows, Enter', async () => {
      await openToken(panel, 'bob');
      await panel.evaluate(() => document.querySelector<HTMLElement>('.list')?.focus());
      await panel.press('Shift+F10');
      const items = await menuItems(panel);
      await panel.waitUntil(
        { what: 'the focus in the menu' },
        (first) => document.activeElement?.textContent === first,
        items[0],
      );
      for (const name of items.slice(1, items.indexOf('Compare with…') + 1)) {
        await panel.press('ArrowDown');
        await panel.waitUntil(
          { what: `the focus on ${name}` },
          (wanted) => document.activeElement?.textContent === wanted,
          name,
        );
      }
      await panel.press('Enter');
      await panel.waitFor(() => document.querySelector('dialog h1')?.textContent === 'Compare two tokens');
      await closeDialog(panel);
    });

    test('a token is hidden, and shown again', async () => {
      await panel.click({ selector: '[role=option]', text: 'bob' }, { button: 'right' });
      await panel.click({ selector: '[role=menuitem]', text: 'Hide this token' });
      await rowsAre(panel, 'alice', 'alice');
      await panel.click({ selector: '.status button', text: '1 hidden · show' });
      await rowsAre(panel, 'bob', 'alice', 'alice');
    });
  });
});
