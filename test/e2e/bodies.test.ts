/** Issue 4, part 1: tokens in the bodies of requests and responses, while DevTools is open. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../site/listen.ts';
import type { Driver, Page, Surface } from './driver.ts';
import { longTasksIn, watchErrors } from './panel.ts';
import { poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { settle, tokenOf } from './traffic.ts';

/** What the server answers by path; anything else is an empty page, too short for a token to be looked for in it. */
const answers = new Map<string, { readonly type: string; readonly body: string }>();
const SERVICE_WORKER = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  self.addEventListener('message', ({ data, ports: [port] }) => fetch(data).then((answer) => answer.text()).then(() => port.postMessage('done')));
`;
/** ms after the answer that a page leaves. */
const LEAVES_AFTER = 30;
/** A task that is shorter nobody feels. */
const LONG_TASK_MS = 50;
/** Bytes: so many that they take a while wherever they are read. */
const LONG = 6_000_000;

let site: Listening;
beforeAll(async () => {
  site = await listen('127.0.0.1', 0);
  site.serve((request, response) => {
    const { type, body } = answers.get(request.url ?? '') ?? { type: 'text/html', body: '<!doctype html>' };
    request.resume().on('end', () => response.writeHead(200, { 'Content-Type': type }).end(body));
  });
  answers.set('/sw.js', { type: 'text/javascript', body: SERVICE_WORKER });
});
afterAll(() => site.close());

interface Carried {
  readonly url: string;
  readonly witness: string;
  readonly grant: string | undefined;
  readonly place: Readonly<Record<string, unknown>>;
}

/** Where a token was seen, as storage has it. */
const seen = (driver: Driver, compact: string): Promise<readonly Carried[]> =>
  driver.background.evaluate(async (wanted) => {
    type Stored = { readonly type: string; readonly id: string; readonly compact: string; readonly token: string } & {
      readonly exchange: string;
      readonly place: Readonly<Record<string, unknown>>;
      readonly url: string;
      readonly witness: string;
      readonly grant?: string;
    };
    const records = Object.values(await chrome.storage.session.get(null)) as Stored[];
    const token = records.find((record) => record?.type === 'token' && record.compact === wanted);
    return records.flatMap((record) => {
      if (record?.type !== 'sighting' || record.token !== token?.id) return [];
      const exchange = records.find(({ type, id }) => type === 'exchange' && id === record.exchange);
      return exchange
        ? [{ url: exchange.url, witness: exchange.witness, grant: exchange.grant, place: record.place }]
        : [];
    });
  }, compact);

const seenAt = async (driver: Driver, compact: string, count = 1): Promise<readonly Carried[]> => {
  await poll(`${count} sightings of a token in a body`, async () => (await seen(driver, compact)).length >= count);
  return seen(driver, compact);
};

/** What the background counted of bodies, in all tabs. */
const counted = (driver: Driver, name: 'skipped' | 'binary'): Promise<number> =>
  driver.background.evaluate(
    async (member) =>
      Object.entries(await chrome.storage.session.get(null)).reduce(
        (sum, [key, record]) => sum + (key.startsWith('tab/') ? (Reflect.get(Object(record), member) ?? 0) : 0),
        0,
      ),
    name,
  );

const load = (page: Page, path: string): Promise<number> =>
  page.evaluate(async (to) => (await (await fetch(to)).text()).length, path);

describe('tokens in bodies', () => {
  inBothBrowsers('capture', (driver) => {
    let panel: Surface;
    beforeAll(async () => {
      await driver().page.goto(`${site.origin}/`);
      panel = await (await driver().openDevTools()).showPanel();
    });

    const json = (value: unknown): string => JSON.stringify(value);
    test.each<[string, string, (token: string) => string, object]>([
      ['json', 'application/json', (t) => json({ access_token: t }), { path: 'access_token', format: 'json' }],
      [
        'nested',
        'application/json; charset=utf-8',
        (t) => json({ a: [0, json({ 'b c': json({ t }) })] }),
        { path: 'a[1]["b c"].t', format: 'json' },
      ],
      ['lines', 'application/x-ndjson', (t) => `{"n":1}\n{"t":"${t}"}\n`, { path: 't', format: 'json' }],
      ['events', 'text/event-stream', (t) => `data: {"t":"${t}"}\n\n`, { path: 't', format: 'text' }],
      [
        'island',
        'text/html',
        (t) => `<script type="application/json">{"props":{"jwt":"${t}"}}</script>`,
        { path: 'props.jwt', format: 'html' },
      ],
      [
        'form-post',
        'text/html',
        (t) => `<form method=post><input type=hidden name=id_token value="${t}"></form>`,
        { name: 'id_token', format: 'html' },
      ],
      ['script', 'text/javascript', (t) => `const token = '${t}';`, { format: 'javascript' }],
      ['jwt', 'application/jwt', (t) => t, { format: 'text' }],
    ])('%s: in a response of %s', async (name, type, bodyOf, expected) => {
      const token = tokenOf(name);
      answers.set(`/${name}`, { type, body: bodyOf(token) });
      await load(driver().page, `/${name}`);
      await expect
        .poll(() => seenAt(driver(), token))
        .toEqual([
          {
            url: `${site.origin}/${name}`,
            witness: 'both',
            grant: undefined,
            place: { kind: 'response_body', name: '', ...expected },
          },
        ]);
    });

    test('in request bodies: a form with its grant, fields of several parts, GraphQL', async () => {
      const { page } = driver();
      const [form, part, graphql] = [tokenOf('form'), tokenOf('part'), tokenOf('graphql')];
      await page.evaluate(
        async (assertion, token, jwt) => {
          const post = async (to: string, body: BodyInit, type?: string) =>
            (await fetch(to, { method: 'POST', body, ...(type && { headers: { 'Content-Type': type } }) })).text();
          await post('/token', new URLSearchParams({ grant_type: 'client_credentials', client_assertion: assertion }));
          const parts = new FormData();
          parts.append('token', token);
          parts.append('note', 'x');
          await post('/parts', parts);
          await post('/graphql', JSON.stringify({ query: '{ a }', variables: { jwt } }), 'application/json');
        },
        form,
        part,
        graphql,
      );
      const places = [
        ...(await seenAt(driver(), form)),
        ...(await seenAt(driver(), part)),
        ...(await seenAt(driver(), graphql)),
      ];
      const kind = 'request_body';
      expect(places).toEqual([
        {
          url: `${site.origin}/token`,
          witness: 'both',
          grant: 'client_credentials',
          place: { kind, name: 'client_assertion', format: 'form' },
        },
        {
          url: `${site.origin}/parts`,
          witness: 'both',
          grant: undefined,
          place: { kind, name: 'token', format: 'multipart' },
        },
        {
          url: `${site.origin}/graphql`,
          witness: 'both',
          grant: undefined,
          place: { kind, name: '', path: 'variables.jwt', format: 'json' },
        },
      ]);
    });

    test("in the answer to a service worker's request, where DevTools tells of it", async () => {
      const { page, browser } = driver();
      const token = tokenOf('worker');
      answers.set('/for-worker', { type: 'application/json', body: json({ jwt: token }) });
      await page.evaluate(async () => {
        await navigator.serviceWorker.register('/sw.js');
        const { active } = await navigator.serviceWorker.ready;
        const { port1, port2 } = new MessageChannel();
        const done = new Promise((resolve) => {
          port1.onmessage = resolve;
        });
        active?.postMessage('/for-worker', [port2]);
        await done;
      });
      // Firefox's DevTools of a page knows nothing of its workers' requests.
      if (browser === 'chromium') {
        await expect.poll(() => seenAt(driver(), token)).toMatchObject([{ witness: 'both', place: { path: 'jwt' } }]);
      }
    });

    test('in the answer to a login that the page leaves for at once', async () => {
      const { page, browser } = driver();
      const token = tokenOf('leaving');
      answers.set('/login', { type: 'application/json', body: json({ id_token: token }) });
      // Firefox tells of a request later, and of none whose page is gone.
      await page.evaluate(
        async (ms) => {
          await (await fetch('/login', { method: 'POST', body: 'user=alice' })).json();
          if (ms !== null) setTimeout(() => location.assign('/?after'), ms);
        },
        browser === 'chromium' ? LEAVES_AFTER : null,
      );
      if (browser === 'firefox') {
        await settle(driver(), page, site.origin);
        await page.evaluate(() => void setTimeout(() => location.assign('/?after')));
      }
      await expect.poll(() => seenAt(driver(), token)).toMatchObject([{ place: { path: 'id_token' } }]);
      await page.waitFor(() => location.search === '?after');
    });

    test('in a long body, with no long task in the panel', async () => {
      const [first, last] = [tokenOf('first'), tokenOf('last')];
      const pad = Array(LONG / 50).fill('x'.repeat(47));
      answers.set('/long', { type: 'application/json', body: json({ first, pad, last }) });
      await load(driver().page, '/long');
      const [carried] = await seenAt(driver(), first);
      expect(carried).toMatchObject({ witness: 'both', place: { kind: 'response_body', path: 'first' } });
      // Firefox has the beginning alone, as long as 1 MB (140), or with zeros for the rest (153). What is there is told together.
      const isCut = carried?.place.cut === true;
      expect(isCut && driver().browser === 'chromium').toBe(false);
      await expect
        .poll(async () => (await seen(driver(), last)).map(({ place }) => place.path))
        .toEqual(isCut ? [] : ['last']);

      // Where others have the processor too, all takes longer, now and then: a task of ours would be there each time, and as
      // long as what is looked for.
      const tooLong = async () => {
        await watchErrors(panel);
        const before = (await seen(driver(), first)).length;
        await load(driver().page, '/long');
        await seenAt(driver(), first, before + 1);
        const tasks = await longTasksIn(panel);
        const reading = await panel.evaluate((length) => {
          const body = JSON.stringify(Array(length / 50).fill('x'.repeat(47)));
          const start = performance.now();
          JSON.parse(body);
          return performance.now() - start;
        }, LONG);
        return tasks.filter((task) => Number.parseInt(task, 10) > Math.max(LONG_TASK_MS, reading));
      };
      await expect.poll(tooLong).toEqual([]);
    });

    test('counts pictures, and nothing else as not looked at', async () => {
      answers.set('/picture', { type: 'image/png', body: 'x'.repeat(1000) });
      const before = await counted(driver(), 'binary');
      await load(driver().page, '/picture');
      await poll('the picture to be counted', async () => (await counted(driver(), 'binary')) === before + 1);
      expect(await counted(driver(), 'skipped')).toBe(0);
    });
  });
});
