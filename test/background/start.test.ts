import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKENS } from '../../src/core/capture/distinct.ts';
import { createFakeBrowser } from '../fixtures/fake-browser.ts';
import { requestEvent, responseEvent, tokenFor, witnessedRequest } from '../fixtures/requests.ts';

type Fake = ReturnType<typeof createFakeBrowser>;

const setUp = async (): Promise<Fake> => {
  const fake = createFakeBrowser();
  fake.startWorker();
  await fake.settle();
  return fake;
};
const exchanges = (fake: Fake) => fake.records().flatMap((record) => (record.type === 'exchange' ? [record] : []));
const urls = (fake: Fake) => exchanges(fake).map(({ url }) => url);
const fetchOne = (fake: Fake, path: string, change: Partial<Parameters<typeof requestEvent>[0]> = {}): void => {
  const event = { requestId: path, url: `https://api.test/${path}`, at: fake.now(), ...change };
  fake.events.request.fire(requestEvent({ token: tokenFor(path), ...event }));
  fake.events.response.fire(responseEvent({ ...event, at: fake.now() + 5, headers: [] }));
};
const pageLoad = (fake: Fake, requestId: string): void =>
  fake.events.request.fire(
    requestEvent({ requestId, resource: 'main_frame', url: 'https://app.test/', at: fake.now() }),
  );

describe('start', () => {
  it('listens to everything before it returns', () => {
    const fake = createFakeBrowser();
    fake.startWorker();
    for (const [name, event] of Object.entries(fake.events)) expect([name, event.size()]).toEqual([name, 1]);
  });

  it('handles what woke it, in order, once storage was read', async () => {
    const fake = createFakeBrowser();
    fake.startWorker();
    fetchOne(fake, 'a');
    expect(fake.records()).toEqual([]);
    await fake.pass(50);
    expect(exchanges(fake)).toEqual([expect.objectContaining({ status: 200 })]);
  });

  it('completes after a restart what was begun before', async () => {
    const fake = await setUp();
    fake.events.request.fire(requestEvent({ token: tokenFor('a') }));
    await fake.settle();
    fake.restart();
    fake.events.response.fire(responseEvent({ status: 401 }));
    await fake.pass(50);
    expect(exchanges(fake)).toEqual([expect.objectContaining({ status: 401, start: 1_000_000 })]);
    expect(fake.records().find(({ type }) => type === 'tab')).toMatchObject({ requests: 1 });
  });

  it('completes after a restart a login that was begun before, of which no token tells', async () => {
    const fake = await setUp();
    const url = 'https://login.test/auth?client_id=spa&response_type=code&state=s-1&nonce=n-1';
    const location = 'https://app.test/cb?code=abc&state=s-1';
    fake.events.request.fire(requestEvent({ url }));
    await fake.settle();
    fake.restart();
    fake.events.response.fire(
      responseEvent({
        url,
        status: 303,
        headers: [
          { name: 'Location', value: location },
          { name: 'DPoP-Nonce', value: 'n-2' },
        ],
      }),
    );
    await fake.pass(50);
    expect(exchanges(fake)).toEqual([
      expect.objectContaining({ url, status: 303, location, dpopNonce: 'n-2', start: 1_000_000 }),
    ]);
  });

  it('killed at any instant loses nothing that was written, and with DevTools open nothing at all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 4 }),
        fc.boolean(),
        async (kills, deaf) => {
          const fake = await setUp();
          for (let index = 0; index < 30; index += 1) {
            const url = 'https://api.test/me';
            const event = { requestId: `${index}`, url, at: fake.now() };
            const token = tokenFor(`${index}`);
            if (kills.includes(index)) fake.kill();
            fake.events.request.fire(requestEvent({ ...event, token }));
            if (kills.includes(index) && deaf) fake.restart();
            fake.events.response.fire(responseEvent({ ...event, at: fake.now() + 3 }));
            if (kills.includes(index)) fake.restart();
            const told = witnessedRequest({ id: `d-${index}`, url, token, start: fake.now(), end: fake.now() + 6 });
            await Promise.all([fake.send({ type: 'witnessed', tab: 1, requests: [told] }), fake.pass(7)]);
          }
          await fake.pass(100);
          expect(exchanges(fake)).toHaveLength(30);
          expect(fake.records().filter(({ type }) => type === 'token')).toHaveLength(30);
          expect(exchanges(fake).every(({ status }) => status === 200)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('answers the second witness only once its records are written', async () => {
    const fake = await setUp();
    const request = witnessedRequest({ token: tokenFor('a') });
    await fake.send({ type: 'witnessed', tab: 1, requests: [request] });
    expect(exchanges(fake)).toEqual([expect.objectContaining({ witness: 'devtools' })]);
  });

  it('counts the bodies that DevTools did not look at, but for a pause', async () => {
    const fake = await setUp();
    const message = { type: 'witnessed', tab: 1, requests: [], skipped: 2, binary: 1 } as const;
    await fake.send(message);
    await fake.send(message);
    fake.set({ paused: true });
    await fake.send(message);
    expect(fake.records()).toEqual([expect.objectContaining({ type: 'tab', requests: 0, skipped: 4, binary: 2 })]);
  });

  it('passes over records of another version, and leaves them', async () => {
    const fake = createFakeBrowser();
    await fake.session.write({ 'token/1/x': { v: 99, type: 'token' }, 'exchange/1/y': 'nonsense' });
    fake.startWorker();
    fetchOne(fake, 'a');
    await fake.pass(50);
    expect(urls(fake)).toEqual(['https://api.test/a']);
    expect(fake.keys()).toContain('token/1/x');
  });

  it('pauses, and takes to its end what was begun', async () => {
    const fake = await setUp();
    fake.events.request.fire(requestEvent({ token: tokenFor('a') }));
    fake.set({ paused: true });
    fake.events.response.fire(responseEvent());
    fetchOne(fake, 'b');
    await fake.pass(50);
    expect(exchanges(fake)).toEqual([expect.objectContaining({ url: 'https://api.test/me', status: 200 })]);
    fake.set({ paused: false });
    fetchOne(fake, 'c');
    await fake.pass(50);
    expect(urls(fake)).toContain('https://api.test/c');
  });

  it('passes over what DevTools tells late of a pause, or of the time before the log was cleared', async () => {
    const fake = await setUp();
    const tellOf = (name: string, start: number) =>
      fake.send({
        type: 'witnessed',
        tab: 1,
        requests: [
          witnessedRequest({ id: `d-${name}`, token: tokenFor(name), url: `https://api.test/${name}`, start }),
        ],
      });
    fake.set({ paused: true });
    const paused = fake.now();
    await fake.pass(50);
    fake.set({ paused: false });
    await tellOf('paused', paused);
    await tellOf('resumed', fake.now());
    expect(urls(fake)).toEqual(['https://api.test/resumed']);
    const before = fake.now();
    await fake.pass(50);
    await fake.session.remove(fake.keys());
    await fake.settle();
    await tellOf('before', before);
    await tellOf('after', fake.now());
    expect(urls(fake)).toEqual(['https://api.test/after']);
  });

  it('captures only while DevTools is open, if so set; a restart does not forget which', async () => {
    const fake = await setUp();
    fake.set({ onlyWhileOpen: true });
    fetchOne(fake, 'before');
    await fake.session.write({ 'open/1/a': true });
    await fake.settle();
    fetchOne(fake, 'open');
    fetchOne(fake, 'elsewhere', { tab: 2 });
    fetchOne(fake, 'worker', { tab: -1 });
    await fake.pass(50);
    fake.restart();
    fetchOne(fake, 'restarted');
    await fake.pass(50);
    fake.events.devToolsClosed.fire('open/1/a');
    await fake.settle();
    fetchOne(fake, 'closed');
    await fake.pass(50);
    expect(urls(fake)).toEqual(['open', 'worker', 'restarted'].map((path) => `https://api.test/${path}`));
  });

  it('keeps the log over navigations, or begins anew at the first hop of one', async () => {
    const fake = await setUp();
    fetchOne(fake, 'a');
    pageLoad(fake, 'n1');
    fetchOne(fake, 'b');
    await fake.pass(50);
    expect(urls(fake)).toHaveLength(2);
    fake.set({ preserveLog: false });
    fetchOne(fake, 'c', { tab: 2 });
    await fake.pass(1000);
    pageLoad(fake, 'n2');
    fetchOne(fake, 'd');
    pageLoad(fake, 'n2');
    const late = witnessedRequest({ url: 'https://api.test/late', token: tokenFor('late'), start: fake.now() - 900 });
    await fake.send({ type: 'witnessed', tab: 1, requests: [late] });
    await fake.pass(50);
    expect(urls(fake)).toEqual(['https://api.test/c', 'https://api.test/d']);
    const tab = fake.records().find((record) => record.type === 'tab' && record.tab === 1);
    expect(tab).toMatchObject({ requests: 3 });
  });

  it('begins at nought after Clear, and writes a known token again', async () => {
    const fake = await setUp();
    fetchOne(fake, 'a');
    await fake.pass(50);
    await fake.session.remove(fake.keys());
    await fake.pass(50);
    expect(fake.records()).toEqual([expect.objectContaining({ type: 'tab', requests: 0 })]);
    fetchOne(fake, 'a', { requestId: 'again' });
    await fake.pass(50);
    expect(
      fake
        .records()
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['exchange', 'sighting', 'tab', 'token']);
    expect(fake.records().find(({ type }) => type === 'tab')).toMatchObject({ requests: 1 });
  });

  it('forgets on Clear what the panel had not been shown yet', async () => {
    const fake = await setUp();
    fetchOne(fake, 'a');
    await fake.pass(50);
    const shown = fake.keys();
    const event = { requestId: 'a', url: 'https://api.test/a', at: fake.now() };
    fake.events.response.fire(
      responseEvent({ ...event, headers: [{ name: 'Set-Cookie', value: `sid=${tokenFor('b')}` }] }),
    );
    fetchOne(fake, 'elsewhere', { tab: 2 });
    await fake.session.remove(shown);
    await fake.pass(50);
    expect(urls(fake)).toEqual(['https://api.test/elsewhere']);
  });

  it('leaves nothing after Clear of what was being written again', async () => {
    const fake = await setUp();
    fetchOne(fake, 'a');
    await fake.pass(50);
    const event = { requestId: 'a', url: 'https://api.test/a', at: fake.now() };
    fake.events.response.fire(responseEvent({ ...event, status: 401, headers: [] }));
    await fake.session.remove(fake.keys());
    await fake.pass(50);
    expect(fake.records()).toEqual([expect.objectContaining({ type: 'tab', requests: 0 })]);
  });

  it("takes DevTools' word of what it saw leaving since Clear, however late Clear was heard of", async () => {
    const fake = await setUp();
    const url = 'https://api.test/a';
    const told = (id: string, start: number) => witnessedRequest({ id, url, start, end: start + 5 });
    const carrying = (token: string) => ({
      bodies: [{ compact: token, place: { kind: 'response_body', name: '' } as const }],
    });
    const [old, next] = [told('old', fake.now()), told('next', fake.now() + 500)];
    fake.events.request.fire(requestEvent({ requestId: 'old', url, at: old.start }));
    await fake.send({ type: 'witnessed', tab: 1, requests: [old] });
    await fake.pass(1_000);
    await fake.session.remove(fake.keys());
    await fake.pass(0);
    fake.events.request.fire(requestEvent({ requestId: 'next', url, at: next.start }));
    await fake.send({ type: 'witnessed', tab: 1, requests: [{ ...old, ...carrying(tokenFor('old')) }, next] });
    expect(exchanges(fake)).toEqual([]);
    await fake.send({ type: 'witnessed', tab: 1, requests: [{ ...next, ...carrying(tokenFor('next')) }] });
    expect(exchanges(fake)).toEqual([expect.objectContaining({ start: next.start, witness: 'both' })]);
  });

  it("takes DevTools' late word of a request before Clear for none of a request after it, to the same address", async () => {
    const fake = await setUp();
    const url = 'https://api.test/a';
    const start = fake.now();
    const old = witnessedRequest({ id: 'old', token: tokenFor('old'), url, start, end: start + 5 });
    fake.events.request.fire(requestEvent({ requestId: 'old', token: tokenFor('old'), url, at: start }));
    await fake.pass(50);
    await fake.session.remove(fake.keys());
    await fake.pass(0);
    for (const subject of ['other', 'old']) {
      fake.events.request.fire(requestEvent({ requestId: subject, token: tokenFor(subject), url, at: fake.now() }));
    }
    await fake.send({ type: 'witnessed', tab: 1, requests: [old] });
    expect(exchanges(fake).map(({ witness }) => witness)).toEqual(['background', 'background']);
  });

  it('keeps what begins while Clear is heard of', async () => {
    const fake = await setUp();
    fetchOne(fake, 'a');
    await fake.pass(50);
    const shown = fake.keys();
    // Counted anew, and written when the panel had removed the counter: the background removes nothing that looks so.
    fetchOne(fake, 'b');
    await fake.session.remove(shown);
    await fake.pass(0);
    fetchOne(fake, 'c');
    await fake.pass(100);
    expect(urls(fake)).toEqual(['https://api.test/c']);
    expect(fake.records().find(({ type }) => type === 'tab')).toMatchObject({ requests: 1 });
  });

  it('forgets a tab that closed, service workers with the last one, private keys with the last private one', async () => {
    const fake = await setUp();
    fake.openTabs([
      { id: 1, isPrivate: false },
      { id: 2, isPrivate: true },
    ]);
    await fake.session.write({ 'key/normal/a': 1, 'key/private/b': 1, 'open/2/a': true });
    fetchOne(fake, 'one');
    fetchOne(fake, 'two', { tab: 2 });
    fetchOne(fake, 'worker', { tab: -1 });
    fetchOne(fake, 'private-worker', { tab: -2 });
    await fake.pass(50);
    fake.closeTab(2);
    await fake.pass(50);
    expect(urls(fake).sort()).toEqual(['https://api.test/one', 'https://api.test/worker']);
    expect(fake.keys()).toContain('key/normal/a');
    expect(fake.keys().filter((key) => /private|open|\/2/.test(key))).toEqual([]);
    fake.closeTab(1);
    await fake.pass(50);
    expect(fake.keys()).toEqual(['key/normal/a']);
  });

  it('takes a tab that is still listed as it closes for closed', async () => {
    const fake = await setUp();
    fetchOne(fake, 'worker', { tab: -1 });
    await fake.pass(50);
    fake.events.tabClosed.fire(1);
    await fake.pass(50);
    expect(fake.keys()).toEqual([]);
  });

  it('goes by the DevTools that is there, when the one before it is told gone late', async () => {
    const fake = await setUp();
    fake.set({ onlyWhileOpen: true });
    await fake.session.write({ 'open/1/a': true });
    await fake.session.write({ 'open/1/b': true });
    fake.events.devToolsClosed.fire('open/1/a');
    await fake.settle();
    fetchOne(fake, 'reopened');
    await fake.pass(50);
    expect(urls(fake)).toEqual(['https://api.test/reopened']);
    fake.closeTab(1);
    await fake.pass(50);
    expect(fake.keys()).toEqual([]);
  });

  it('takes away what was handed over to a page that never took it', async () => {
    const fake = await setUp();
    fake.events.menu.fire('text');
    await fake.settle();
    expect(fake.keys()).toEqual(['paste/uuid']);
    fake.restart();
    fake.events.toolbar.fire();
    await fake.settle();
    expect(fake.keys()).toEqual([]);
  });

  it('stands 3,000 cookies and a header of 256 KB', async () => {
    const fake = await setUp();
    const cookies = Array.from({ length: 3000 }, (_, index) => `c${index}=${tokenFor(`${index}`)}`).join('; ');
    const headers = [
      { name: 'cookie', value: cookies },
      { name: 'x-long', value: 'eyJ'.repeat(256 * 341) },
    ];
    fake.events.request.fire(requestEvent({ headers }));
    await fake.pass(100);
    expect(fake.records().filter(({ type }) => type === 'token')).toHaveLength(MAX_TOKENS);
    expect(fake.records()).toContainEqual(expect.objectContaining({ type: 'tab', dropped: 3000 - MAX_TOKENS }));
  });

  it('says whether it has access, tells panels to ask again, and opens the page that asks', async () => {
    const fake = await setUp();
    expect(await fake.send({ type: 'access', origin: 'https://app.test' })).toBe(true);
    fake.setAccess(false);
    await fake.settle();
    expect(fake.keys()).toContain('access');
    expect(await fake.send({ type: 'access', origin: 'https://app.test' })).toBe(false);
    await fake.send({ type: 'ask_for_access' });
    expect(fake.pages).toEqual(['#access']);
  });

  it('shows a text of the panel in a tab, without it in the address', async () => {
    const fake = await setUp();
    await fake.send({ type: 'decode', text: 'a token' });
    expect(fake.pages).toEqual(['#uuid']);
    expect((await fake.session.readAll())['paste/uuid']).toBe('a token');
  });

  it("gives the cookies of a tab's jar as the browser does, and nothing where it may not look", async () => {
    const fake = await setUp();
    const message = { type: 'cookies', tab: 3, url: 'https://app.test/' } as const;
    expect(await fake.send(message)).toEqual([{ name: 'of tab 3', value: 'https://app.test/' }]);
    fake.setAccess(false);
    expect(await fake.send(message)).toBeUndefined();
  });

  it('hands a selection over through memory, never through an address', async () => {
    const fake = await setUp();
    fake.events.installed.fire();
    fake.events.menu.fire('some "eyJ" text');
    await fake.settle();
    fake.events.toolbar.fire();
    expect(fake.menus).toEqual(['made']);
    expect((await fake.session.readAll())['paste/uuid']).toBe('some "eyJ" text');
    expect(fake.pages).toEqual(['#uuid', '']);
  });
});
