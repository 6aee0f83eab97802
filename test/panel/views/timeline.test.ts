// @vitest-environment happy-dom
import axe from 'axe-core';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { NOW } from '../../fixtures/fake-source.ts';
import { compact } from '../../fixtures/tokens.ts';
import { idOf, seen } from '../records.ts';
import { all, click, named, open, press, text, texts, the, type, until } from '../screen.ts';
import { accessToken, FRESH, LATE_REFRESH, OLD } from '../timeline-log.ts';

const openTimeline = async (records: Parameters<typeof open>[0] = { records: LATE_REFRESH }) => {
  const screen = await open(records);
  await click(the('#tab-timeline'));
  return screen;
};

const drawn = (rows = 1) => until(() => expect(all('.timeline-row')).toHaveLength(rows));

const names = (selector: string) => all(selector).map((element) => element.getAttribute('aria-label') ?? '');

test('draws lives, requests, refusals and joints, each with its name', async () => {
  await openTimeline();
  await drawn();
  expect(text('.timeline-label')).toBe('Access token × 2alice · login.test · spa');
  const [old, fresh, ...none] = names('.life[role=button]');
  expect(none).toEqual([]);
  expect(old).toMatch(
    /^Access token · alice · login\.test · expired · .* – .* · 4 requests · 2 × refused · login at .* · replaced by a refresh at .*, 14 s after it had expired, 2 × refused meanwhile$/,
  );
  expect(fresh).toMatch(/valid · .* – .* · 1 request · refresh at /);
  expect(names('.refusal[role=button]')).toHaveLength(2);
  expect(names('.refusal[role=button]')[0]).toMatch(/^1 × refused · .* · 401 · GET api\.test\/orders · .*expired/);
  expect(names('.refusal[role=button]')[0]).toContain('the refresh came 14 s too late');
  expect(text('.notes')).toBe('14 s too late');
  expect(all('.gap.bad')).toHaveLength(1);
  expect(all('.joint.login, .joint.refresh').filter((joint) => joint.closest('.timeline-row'))).toHaveLength(2);
  expect(all('.timeline-rows .tick').length).toBeGreaterThanOrEqual(2);
  expect(all('.timeline-axis text').length).toBeGreaterThan(2);
  expect(text('.timeline-now')).toBe('now');
});

test('one item is reached by Tab; arrow keys walk, Enter opens', async () => {
  await openTimeline();
  await drawn();
  const plot = named('Timeline');
  expect(plot.tabIndex).toBe(0);
  const reached = () => all('.timeline-rows [data-item][tabindex="0"]');
  expect(reached().map((one) => one.className)).toEqual(['timeline-label']);
  await press(plot, 'Enter');
  expect(document.activeElement).toBe(the('.timeline-label'));
  const walked: string[] = [];
  for (let step = 0; step < 5; step += 1) {
    await press(document.activeElement ?? plot, 'ArrowRight');
    expect(reached()).toEqual([document.activeElement]);
    walked.push((document.activeElement?.getAttribute('class') ?? '').trim());
  }
  expect(walked).toEqual(['life expired', 'refusal', 'refusal', 'life valid', 'life valid']);
  expect(text('.timeline-tip')).toContain('Access token · alice · login.test · valid');
  await press(document.activeElement ?? plot, 'Escape');
  expect(document.activeElement).toBe(plot);
  await press(all('.refusal')[1] ?? plot, 'Enter');
  expect(the('#tab-exchanges').getAttribute('aria-selected')).toBe('true');
});

test('what had the focus and is drawn no more gives it back to the plot', async () => {
  await openTimeline();
  await drawn();
  const plot = named('Timeline');
  await act(async () => all('.refusal')[1]?.focus());
  expect(document.activeElement?.getAttribute('class')).toBe('refusal');
  // So far out that both refusals are one, which is called by the first.
  for (let step = 0; step < 12; step += 1) await press(document.activeElement ?? plot, '-');
  expect(all('.refusal')).toHaveLength(1);
  expect(document.activeElement).toBe(plot);
});

test('a click on a life opens the token', async () => {
  await openTimeline();
  await drawn();
  await act(async () => void the('.life.valid .halo').dispatchEvent(new MouseEvent('click', { bubbles: true })));
  expect(the('#tab-tokens').getAttribute('aria-selected')).toBe('true');
  await until(() => expect(the('.row[aria-selected=true]').dataset.id).toBe(idOf(FRESH)));
});

test('buttons, keys and the wheel zoom and move; the name of a row shows all of it', async () => {
  await openTimeline();
  await drawn();
  const plot = named('Timeline');
  const axis = () =>
    all('.timeline-axis g')
      .map((tick) => `${tick.getAttribute('transform')} ${tick.textContent}`)
      .join();
  const whole = axis();
  const changes = async (act: () => unknown) => {
    const before = axis();
    await act();
    expect(axis()).not.toBe(before);
  };
  await changes(() => click(named('Zoom in')));
  await changes(() => press(plot, 'ArrowRight'));
  await changes(() => press(plot, 'ArrowLeft', { shiftKey: true }));
  await changes(() => press(plot, '-'));
  await changes(() => press(plot, '+'));
  await press(plot, '0');
  expect(axis()).toBe(whole);
  const wheel = (more: WheelEventInit) =>
    act(async () => {
      const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, ...more });
      // happy-dom's has no place.
      plot.dispatchEvent(Object.assign(event, { clientX: 400 }));
    });
  await changes(() => wheel({ deltaY: -300, ctrlKey: true }));
  await changes(() => wheel({ deltaX: 200 }));
  await click(named('Show all'));
  expect(axis()).toBe(whole);
  expect(named('Show all').getAttribute('aria-disabled')).toBe('true');
  await click(named('Zoom in'));
  await changes(() => click(the('.timeline-label')));
  await press(plot, '0');
  // What is not for it goes on to the browser.
  expect((await press(plot, 'x')).defaultPrevented).toBe(false);
  expect((await press(plot, 'ArrowDown')).defaultPrevented).toBe(false);
  expect((await press(plot, '+', { ctrlKey: true })).defaultPrevented).toBe(false);
});

test('a drag moves the time along, and is no click', async () => {
  await openTimeline();
  await drawn();
  const plot = named('Timeline');
  plot.setPointerCapture = () => undefined;
  const before = texts('.timeline-axis text').join();
  const pointer = (kind: string, clientX: number) =>
    act(async () => void plot.dispatchEvent(new PointerEvent(kind, { bubbles: true, clientX, button: 0 })));
  await pointer('pointerdown', 300);
  await pointer('pointermove', 302);
  expect(texts('.timeline-axis text').join()).toBe(before);
  await pointer('pointermove', 100);
  const moved = texts('.timeline-axis text').join();
  expect(moved).not.toBe(before);
  await pointer('pointerup', 100);
  await pointer('pointermove', 500);
  expect(texts('.timeline-axis text').join()).toBe(moved);
});

test('a table says the same, and opens the same', async () => {
  await openTimeline();
  await drawn();
  const toggle = all('.toggle')[0];
  if (!toggle) throw new Error('no toggle');
  await click(toggle);
  expect(the('.toggle').getAttribute('aria-pressed')).toBe('true');
  expect(texts('th[scope=col]')).toEqual(['Token', 'From', 'Until', 'Requests', 'Refused', 'Came by', 'Replaced']);
  const cells = all('tbody tr').map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''));
  expect(cells.map(([, , requests, refused]) => [requests, refused])).toEqual([
    ['1', '0'],
    ['4', '2'],
  ]);
  expect(cells[0]?.[4]).toMatch(/^refresh at /);
  expect(cells[1]?.[5]).toMatch(/^replaced by a refresh at .*, 14 s after it had expired, 2 × refused meanwhile$/);
  await click(the('tbody tr:last-child button'));
  await until(() => expect(the('.row[aria-selected=true]').dataset.id).toBe(idOf(OLD)));
});

test('axe finds nothing in the picture, nor in the table', async () => {
  await openTimeline();
  await drawn();
  const findings = async () => {
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
    const { violations } = await axe.run(document.body, { resultTypes: ['violations'], rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  };
  expect(await findings()).toEqual([]);
  await click(the('.toggle'));
  expect(await findings()).toEqual([]);
});

test('says what will appear where there is nothing yet', async () => {
  await openTimeline({});
  await until(() => expect(text('main.empty h1')).toBe('No token yet'));
});

test('draws what passes the filter', async () => {
  await openTimeline({ records: [...LATE_REFRESH, ...seen(accessToken(-5, 50, { sub: 'bob' }), { id: 'bob' })] });
  await drawn(2);
  await type(the('.search input'), 'sub:bob');
  await drawn(1);
  expect(text('.timeline-label')).toContain('bob');
  await type(the('.search input'), 'sub:carol');
  await until(() => expect(text('.nothing')).toBe('No token passes the filter.'));
});

test('hostile claims are text; what cannot be read, or never ends, is drawn as such', async () => {
  const hostile = compact({ alg: 'HS256' }, { sub: '<img src=x>\u202egnp', iss: 'x', exp: 1e300, iat: '1' }, 'c2ln');
  const endless = compact({ alg: 'HS256' }, { sub: 'endless', iss: 'y' }, 'c2ln');
  await openTimeline({ records: [...seen(hostile, { start: NOW - 9000 }), ...seen(endless, { start: NOW - 5000 })] });
  await drawn(2);
  expect(all('img')).toEqual([]);
  expect(names('.life[role=button]')[0]).toMatch(/endless · y · never expires · from /);
  expect(names('.life[role=button]')[1]).toMatch(
    /^Access token · <img src=x>\\u202Egnp · x · no readable time · seen at /,
  );
});

test('of many rows only those in sight are in the document', async () => {
  const many = Array.from({ length: 700 }, (_, n) =>
    seen(compact({ alg: 'HS256' }, { sub: `u${n}`, iss: 'x', exp: NOW / 1000 + n }, 'c2ln'), { start: NOW - n }),
  );
  await openTimeline({ records: many.flat() });
  await until(() => expect(all('.timeline-row').length).toBeGreaterThan(5));
  expect(all('.timeline-row').length).toBeLessThan(60);
  await click(the('.toggle'));
  expect(all('tbody tr')).toHaveLength(300);
  await click(the('.timeline-table > .link'));
  expect(all('tbody tr')).toHaveLength(600);
}, 20_000);
