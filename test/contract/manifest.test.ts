import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { manifestFor } from '../../build.mjs';

const source = JSON.parse(readFileSync('manifest.json', 'utf8'));
const chromium = manifestFor('chromium', source, '1.2.3');
const firefox = manifestFor('firefox', source, '1.2.3');

test('each browser gets its own background key and its own minimum', () => {
  expect(chromium.background).toEqual({ service_worker: 'background.js', type: 'module' });
  expect(firefox.background).toEqual({ scripts: ['background.js'], type: 'module' });
  expect(chromium.minimum_chrome_version).toBe('140');
  expect(chromium).not.toHaveProperty('browser_specific_settings');
  expect(firefox).not.toHaveProperty('minimum_chrome_version');
  expect(firefox.browser_specific_settings.gecko.data_collection_permissions).toEqual({ required: ['none'] });
});

test('the version comes from package.json alone', () => {
  expect([chromium.version, firefox.version]).toEqual(['1.2.3', '1.2.3']);
});

test('the source manifest is not changed', () => {
  expect(source.background).toHaveProperty('service_worker');
  expect(source.background).toHaveProperty('scripts');
});

/** Where keys may be asked for, from a click (src/browser/dom/fetch-text.ts): https, and http on loopback. */
const ASKED = 'https: http://localhost:* http://*.localhost:* http://127.0.0.1:*';

test('nothing is open to pages, no code comes from elsewhere, and only keys are asked for', () => {
  for (const manifest of [chromium, firefox]) {
    for (const key of ['content_scripts', 'web_accessible_resources', 'externally_connectable', 'sandbox']) {
      expect(manifest).not.toHaveProperty(key);
    }
    const policy: string = manifest.content_security_policy.extension_pages;
    const { 'connect-src': connect, ...others } = Object.fromEntries(
      policy.split(';').map((directive) => {
        const [name = '', ...sources] = directive.trim().split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(connect).toBe(ASKED);
    expect(others['default-src']).toBe("'none'");
    expect(Object.values(others).join(' ')).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
  }
});
