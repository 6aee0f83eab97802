/** Issue 5, part 2: a token as what one pastes elsewhere; what is pasted there works. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login } from '../site/login.ts';
import { type Site, startSite } from '../site/site.ts';
import { axeInThemes, NO_VIOLATIONS } from './axe.ts';
import type { Surface } from './driver.ts';
import { forged } from './opened.ts';
import { rowWith, tabTo, textOf } from './panel-reader.ts';
import { poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { closeDialog, openOnly, openPanel, use } from './trust.ts';

const run = promisify(execFile);

/** Runs a program in a process of its own, with what it finds as its first argument; gives what it prints. */
const runModule = async (code: string, argument = ''): Promise<string> =>
  (await run(process.execPath, ['--input-type=module', '--eval', code, '--', 'program', argument])).stdout;

let site: Site;
beforeAll(async () => {
  site = await startSite({ accessTokenSeconds: 600 });
});
afterAll(() => site.close());

describe('copy as', () => {
  inBothBrowsers('copy as', (driver) => {
    let panel: Surface;
    let token: string;
    beforeAll(async () => {
      const { page } = driver();
      panel = await openPanel(driver());
      await page.goto(site.app);
      await login(page);
      for (const button of ['#verify-id-token', '#call-orders']) await use(page, button);
      await rowWith(panel, 'Access token · alice');
      await openOnly(panel, 'customer');
      token = await textOf(panel, '.raw');
    });

    /** Chooses by arrows, copies, and gives what lies in the clipboard then. */
    const copied = async (name: string): Promise<string> => {
      await tabTo(panel, 'dialog [name=copy-as]:checked');
      const isChosen = () =>
        panel.evaluate(
          (wanted) =>
            document.querySelector('dialog label:has(:checked[name=copy-as])')?.textContent?.trim().startsWith(wanted),
          name,
        );
      await poll(`the choice of ${name}`, async () => {
        if (await isChosen()) return true;
        await panel.press('ArrowDown');
        return false;
      });
      await tabTo(panel, 'dialog .buttons button', 'Copy');
      await panel.press('Enter');
      await panel.waitUntil(
        { what: 'the word of the copy' },
        (wanted) => document.querySelector('dialog output')?.textContent?.startsWith(`Copied: ${wanted}`),
        name,
      );
      return driver().clipboardText();
    };

    test('by keyboard: from the token to the dialogue, and through its forms', async () => {
      await tabTo(panel, '.raw-box button', 'Copy as…');
      await panel.press('Enter');
      await panel.waitFor(() => document.querySelector('dialog h1')?.textContent === 'Copy token as');
      expect(await copied('Token')).toBe(token);
      expect(await copied('Authorization header')).toBe(`Authorization: Bearer ${token}`);
    });

    test('what is copied asks the API again, and is answered', async () => {
      const { stdout } = await run('sh', ['-c', await copied('cURL for POSIX shells')]);
      expect(JSON.parse(stdout)).toHaveProperty('orders');
      const request = (await copied('fetch')).trim().replace(/;$/, '');
      expect(await runModule(`console.log((${request}).status)`)).toBe('200\n');
    });

    test('the code that verifies it takes it, and not a changed one', async () => {
      const code = await copied('jose');
      expect(code).not.toContain(token.split('.')[2]);
      expect(await runModule(code, token)).toContain("sub: 'alice'");
      await expect(runModule(code, forged(token, { ...decodeJwt(token), sub: 'mallory' }))).rejects.toThrow(
        'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      );
    });

    test('axe finds nothing', async () => {
      expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
      await closeDialog(panel);
    });
  });
});
