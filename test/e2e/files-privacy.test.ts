/** Issue 5: what is typed in the workbench, and what files hold, stays in memory: the browser's folder has none of it. */
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { harOf } from '../fixtures/har.ts';
import { ecPair, privatePem } from '../fixtures/keys.ts';
import { CLAIMS, hmacToken } from '../fixtures/tokens.ts';
import { type Listening, listen } from '../site/listen.ts';
import type { Surface } from './driver.ts';
import { makeFiles } from './files.ts';
import { importFile } from './imports.ts';
import { choose, rowsAre, showView } from './panel-reader.ts';
import { searchProfile } from './profile.ts';
import { inBothBrowsers } from './scenario.ts';
import { formsOf } from './secret-forms.ts';
import { chooseAlgorithm, chooseSignature, generateKey, rawToken, retype, SIGNING_KEY, sayIs } from './workbench.ts';

/** Characters of a secret that stand in one run even in a compressed file. */
const PIECE = 16;

/** A piece near the end of a secret, in each form. */
const piecesOf = (secret: string): readonly string[] => formsOf(secret.slice(-PIECE - 8, -8));

/** The last whole line of a private key in PEM: none of its public half. */
const lineOf = (pem: string): string => pem.split('\n').findLast((line) => /^[\w+/=]{64}$/.test(line)) ?? '';

const randomText = (octets = 32): string => randomBytes(octets).toString('base64url');

const signWith = async (panel: Surface, alg: string, key: string): Promise<void> => {
  await chooseAlgorithm(panel, alg);
  await panel.selectText(SIGNING_KEY);
  await panel.press('Delete');
  await panel.paste(SIGNING_KEY, key);
  await sayIs(panel, `Signed with ${alg}, and the signature holds`);
};

const ENCRYPTION = '.wb-part[aria-label="Encrypt (JWE)"]';

/** A site whose address a browser writes into its history. */
let site: Listening;
beforeAll(async () => {
  site = await listen('localhost', 0);
  site.serve((_, response) => response.setHeader('content-type', 'text/html').end('<p>A page'));
});
afterAll(() => site.close());

describe('what is typed and what files hold', () => {
  inBothBrowsers('the disk', (driver) => {
    const files = makeFiles();
    const visited = randomText();
    const typed = {
      secret: randomText(),
      pem: privatePem(ecPair('P-256')),
      sealing: randomText(),
      claim: randomText(),
    };
    /** The tokens of the files, by the subject that each one has. */
    const tokens = Object.fromEntries(
      ['har', 'json', 'text'].map((sub) => [
        sub,
        hmacToken(randomBytes(32), { payload: { ...CLAIMS, sub, jti: randomText() } }),
      ]),
    );
    const made: Record<string, string> = {};
    let panel: Surface;
    afterAll(() => files.remove());
    beforeAll(async () => {
      await driver().page.goto(`${site.origin}/${visited}`);
      // In a tab of its own: more of a tab is kept on the disk than of DevTools, such as what stands in its fields.
      panel = await driver().openToolbarPage();
      await showView(panel, 'Workbench');
    });

    test('keys are typed and made in the workbench', async () => {
      await retype(panel, 'payload', `{"jti":"${typed.claim}"}`);
      await chooseSignature(panel, 'Sign with a key');
      await signWith(panel, 'HS256', typed.secret);
      await signWith(panel, 'ES256', typed.pem);
      await chooseAlgorithm(panel, 'ES384');
      const forms = await generateKey(panel, 'ES384');
      made.line = lineOf(forms['Private key (PEM, PKCS#8)'] ?? '');
      made.exponent = JSON.parse(forms['Private key (JWK)'] ?? '').d;
      await panel.click(`${ENCRYPTION} [type=checkbox]`);
      await choose(panel, `${ENCRYPTION} .wb-row label:first-child select`, 'dir');
      await choose(panel, `${ENCRYPTION} .wb-row label:nth-child(2) select`, 'A256GCM');
      await panel.paste(`${ENCRYPTION} textarea`, JSON.stringify({ kty: 'oct', k: typed.sealing }));
      await sayIs(panel, "Encrypted: only the recipient's key opens it");
      made.encrypted = await rawToken(panel);
      expect(made.encrypted.split('.')).toHaveLength(5);
      expect(Object.values(made).every((text) => text.length > PIECE + 8)).toBe(true);
    });

    test.each([
      [
        'har',
        'a.har',
        (token: string) =>
          harOf('chromium', [{ url: 'https://api.test/', headers: { authorization: `Bearer ${token}` } }]),
      ],
      [
        'json',
        'a.json',
        (token: string) =>
          JSON.stringify({
            ...{ claimcheck: 1, kind: 'log', redacted: false, exchanges: [], sightings: [] },
            tokens: [{ id: 'token-1', form: 'jws', firstSeen: 0, signature: 'included', compact: token }],
          }),
      ],
      ['text', 'a.log', (token: string) => `started\ntoken=${token}\nended\n`],
    ] as const)('a file is imported: %s', async (kind, name, write) => {
      await importFile(panel, files.put(name, write(tokens[kind] ?? '')));
      await rowsAre(panel, kind);
    });

    test('no byte of it is in the profile or the log, and the search finds what is there', async () => {
      const { profileDir } = await driver().close();
      // With what the browser's own log of the network is written into.
      const folder = dirname(profileDir);
      expect(searchProfile(folder, ...formsOf(visited))).not.toEqual([]);
      const secrets = {
        ...{ secret: typed.secret, privateKey: lineOf(typed.pem), sealing: typed.sealing, claim: typed.claim },
        ...made,
        ...tokens,
        ...Object.fromEntries(
          Object.entries(tokens).map(([kind, token]) => [`claims of ${kind}`, token.split('.')[1] ?? '']),
        ),
      };
      const found = Object.entries(secrets).map(([name, secret]) => [name, searchProfile(folder, ...piecesOf(secret))]);
      expect(found.filter(([, paths]) => paths?.length)).toEqual([]);
    });
  });
});
