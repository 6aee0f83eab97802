/** Issue 5: the workbench and the ways in and out where there is little room or few colours. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DevTools, Surface } from './driver.ts';
import { makeFiles } from './files.ts';
import { CUT_BY_DESIGN, sticksOut, unseen } from './looks.ts';
import { inBothBrowsers } from './scenario.ts';
import { SCENES } from './scenes.ts';

/** Docked to the side. */
const [WIDTH, HEIGHT] = [350, 760];

describe('looks', () => {
  // Of the languages with long words.
  inBothBrowsers(
    'in German, narrow',
    (driver) => {
      const files = makeFiles();
      let devTools: DevTools;
      let panel: Surface;
      afterAll(() => files.remove());
      beforeAll(async () => {
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
        await devTools.resizePanel(WIDTH, HEIGHT);
      });

      test('speaks German', async () => {
        await expect
          .poll(() => panel.evaluate(() => document.querySelector('#tab-workbench')?.textContent))
          .toBe('Werkbank');
      });

      test.each(SCENES)('%s: nothing sticks out, and with forced colours each text is seen', async (_, show) => {
        await show(panel, files);
        await expect.poll(() => panel.evaluate(sticksOut, CUT_BY_DESIGN)).toEqual([]);
        await devTools.forceColors(true);
        await expect.poll(() => panel.evaluate(unseen)).toEqual([]);
        await devTools.forceColors(false);
      });
    },
    { language: 'de' },
  );
});
