// @vitest-environment happy-dom
/** Policies: the answer beside the token, the form with what it says of the token, and the file of all of them. */
import axe from 'axe-core';
import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';
import { storedPolicy } from '../../../src/core/judge/parse-policy.ts';
import type { Policy } from '../../../src/core/judge/policy.ts';
import { writePolicies } from '../../../src/core/judge/policy-file.ts';
import { emptyPolicy } from '../../../src/core/judge/policy-from.ts';
import { type FakeOptions, NOW } from '../../fixtures/fake-source.ts';
import { compact, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';
import { all, click, named, open, type Screen, select, text, texts, the, type, until } from '../screen.ts';

const API = 'https://api.test';
const CLAIMS = { iss: 'https://login.test', aud: 'api', scope: 'read write', exp: NOW / 1000 + 600 };
const token = (claims: object = {}) => hmacToken(SECRET, { payload: { ...CLAIMS, ...claims } });
const policy = (change: Partial<Policy> = {}, origin = API): Policy => ({ ...emptyPolicy(origin), ...change });

const show = async (options: FakeOptions = {}, compacted = token()): Promise<Screen> => {
  const screen = await open({ records: seen(compacted), ...options });
  await select(0);
  return screen;
};
const answer = () => {
  const found = all('[aria-label=Verdict] li').find((li) => li.textContent?.includes('Policy'));
  return [found?.querySelector('strong')?.textContent ?? '', found?.querySelector('small')?.textContent ?? ''];
};
const openDialog = async (link = 'make one') => {
  await click(named(link));
  await until(() => the('dialog[open] form'));
};
const field = (label: string): HTMLInputElement | HTMLTextAreaElement => {
  const found = all('dialog label').find((one) => one.textContent === label);
  const control = document.getElementById(found?.getAttribute('for') ?? '');
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) return control;
  throw new Error(`no field ${label}`);
};
const save = () => act(async () => void the('dialog form').dispatchEvent(new Event('submit', { bubbles: true })));
const saved = (fake: Screen['fake']): readonly Policy[] => {
  let found: readonly Policy[] = [];
  fake.source.watchPolicies(({ policies }) => {
    found = policies;
  })();
  return found;
};
const preview = () => texts('.policy-preview .checks li');

describe('the answer', () => {
  test('without a policy says so, and leads to one', async () => {
    await show();
    expect(answer()).toEqual(['– Policy', 'none for api.test · make one']);
  });
  test.each([
    ['reject', { audiences: ['other'] }, '✕ Policy', 'reject: it is for api; accepted: other · policy for api.test'],
    [
      'undecided',
      { audiences: ['api'] },
      '? Policy',
      'undecided: no key is known to check the signature · policy for api.test',
    ],
  ])('%s', async (_, rules, sign, words) => {
    await show({ policies: [policy(rules)] });
    await until(() => expect(answer()).toEqual([sign, words]));
  });
  test('accept, once a key is known', async () => {
    await show({ policies: [policy({ issuers: [CLAIMS.iss] }, '*')] });
    await type(named('Key'), SECRET);
    await until(() => expect(answer()).toEqual(['✓ Policy', 'accept · policy for all APIs']));
  });
  test('follows the policies as they change', async () => {
    const { fake } = await show();
    await act(() => fake.source.savePolicy(policy({ issuers: ['other'] })));
    expect(answer()[1]).toMatch(/^reject: issuer https:\/\/login\.test is not accepted/);
    await act(() => fake.source.removePolicy(API));
    expect(answer()[1]).toMatch(/^none for api\.test/);
  });
  test('a value that hides is made visible', async () => {
    await show({ policies: [policy({ issuers: ['a'] })] }, token({ iss: 'evil\u202e' }));
    expect(answer()[1]).toContain('evil\\u202E');
  });
  test('a proof is for no API, whatever is demanded', async () => {
    await show({ policies: [policy({ issuers: ['a'] }, '*')] }, compact({ alg: 'ES256', typ: 'dpop+jwt' }, {}, 'c2ln'));
    expect(answer()).toEqual(['– Policy', 'not for access to an API: no policy applies']);
  });
});

describe('the form', () => {
  test('is filled from the token, for the API that it was sent to, and saved', async () => {
    const { fake } = await show();
    await openDialog();
    expect(document.activeElement).toBe(named('Policy'));
    expect(named('Policy')).toHaveProperty('value', API);
    expect(['Algorithms', 'Issuers', 'Audiences', 'Scopes'].map((name) => field(name).value)).toEqual([
      ...['HS256', CLAIMS.iss, 'api', ''],
    ]);
    await save();
    expect(saved(fake)).toEqual([policy({ algorithms: ['HS256'], issuers: [CLAIMS.iss], audiences: ['api'] })]);
    expect(text('dialog form output')).toBe('Saved.');
    expect(answer()[1]).toMatch(/^undecided/);
  });
  test('shows what it says of the token with each keystroke, failing and open checks by sign and word', async () => {
    await show();
    await openDialog();
    await until(() => expect(preview()[2]).toContain('no key'));
    expect(preview()).toEqual([
      '✓ passesFormwell formed',
      '✓ passesAlgorithmHS256',
      '– openSignatureno key is known to check the signature',
      '✓ passesTimevalid at that moment',
      '✓ passesIssuerhttps://login.test',
      '✓ passesAudienceapi',
    ]);
    await type(field('Scopes'), 'read, admin');
    expect(preview().at(-1)).toBe('✕ failsScopesscope admin is missing; it has read, write');
    expect(text('.policy-preview h2')).toBe('This token, now · ✕ reject');
    await click(named('add those of the token: write'));
    expect(field('Scopes').value).toBe('read admin write');
  });
  test('demands claims, a rule for each', async () => {
    const { fake } = await show();
    await openDialog();
    await click(named('Demand a claim'));
    await type(named('Claim'), 'realm.level');
    await type(named('Test of realm.level'), 'one_of');
    await type(named('Values for realm.level, one a line'), '2\n3');
    await click(named('Demand a claim'));
    expect(document.activeElement).toBe(all('.rule-claim')[1]);
    await type(all('.rule-claim')[1] ?? the('nothing'), 'sub');
    await save();
    expect(saved(fake)[0]?.claims).toEqual([
      { claim: 'realm.level', test: 'one_of', values: ['2', '3'] },
      { claim: 'sub', test: 'present', values: [] },
    ]);
    await click(named('Remove the rule for realm.level'));
    expect(all('.rule-claim').map((one) => one instanceof HTMLInputElement && one.value)).toEqual(['sub']);
    expect(document.activeElement).toBe(named('Demand a claim'));
  });
  test('says what is wrong beside the field, when it is to be saved', async () => {
    const { fake } = await show();
    await openDialog();
    await type(field('API'), 'ftp://api.test');
    await type(field('Leeway'), '-1');
    await click(named('Demand a claim'));
    expect(texts('dialog form [role=alert]')).toEqual([]);
    expect(text('dialog')).toContain('follows when every field is right');
    await save();
    expect(texts('dialog form [role=alert]')).toEqual([
      '✕ This is no address of an API, and not *.',
      '✕ A whole number of seconds, at most 3600.',
      '✕ Which claim?',
    ]);
    expect(field('Leeway').getAttribute('aria-invalid')).toBe('true');
    expect(
      document.getElementById(field('Leeway').getAttribute('aria-describedby')?.split(' ')[1] ?? '')?.textContent,
    ).toBe('✕ A whole number of seconds, at most 3600.');
    expect(saved(fake)).toEqual([]);
    await type(field('API'), 'api.test/v1');
    await type(field('Leeway'), '5');
    await type(named('Claim'), 'sub');
    await save();
    expect(saved(fake)[0]).toMatchObject({ origin: API, leeway: 5 });
  });
  test('what is refused by the browser is told, and stays in the form', async () => {
    const { fake } = await show();
    fake.source.savePolicy = () => Promise.reject(new Error('quota'));
    await openDialog();
    await type(field('Audiences'), 'changed');
    await save();
    expect(text('dialog form output')).toMatch(/^Not saved/);
    expect(field('Audiences').value).toBe('changed');
  });
});

describe('several policies', () => {
  const policies = [policy({ audiences: ['all'] }, '*'), policy({ audiences: ['api'] })];
  test('one is chosen, deleted, made anew', async () => {
    const { fake } = await show({ policies });
    await openDialog('policy for api.test');
    expect(texts('dialog select option').slice(0, 3)).toEqual(['All other APIs (*)', API, 'New policy…']);
    await type(named('Policy'), '*');
    expect(field('Audiences').value).toBe('all');
    await click(named('Delete'));
    expect(saved(fake).map(({ origin }) => origin)).toEqual([API]);
    expect(document.activeElement).toBe(named('Policy'));
    expect(field('Audiences').value).toBe('api');
    await type(named('Policy'), '');
    expect([field('API').value, field('Audiences').value]).toEqual(['', '']);
    await type(field('API'), API);
    await save();
    expect(texts('dialog form [role=alert]')).toEqual(['✕ This API has a policy already: choose it above.']);
    await click(named('Fill from the selected token'));
    await type(field('API'), 'http://localhost:3000/');
    await save();
    expect(saved(fake).map(({ origin }) => origin)).toEqual([API, 'http://localhost:3000']);
    expect(named('Policy')).toHaveProperty('value', 'http://localhost:3000');
  });
  test('are saved to a file, and read from one', async () => {
    const { fake } = await show({ policies });
    await openDialog('policy for api.test');
    await click(all('.policy-files button').at(-1) ?? the('nothing'));
    expect(fake.saved[0]).toMatchObject({ name: 'claimcheck-policies-2027-01-15.json', text: writePolicies(policies) });
    const file = {
      claimcheck: 1,
      kind: 'policies',
      policies: [storedPolicy(policy({ audiences: ['new'] })), { origin: 'x' }],
    };
    await type(named('Policies to import'), JSON.stringify(file));
    await click(all('.policy-files button')[1] ?? the('nothing'));
    await until(() => expect(text('.policy-files output')).toBe('1 imported. Not readable: x'));
    expect(saved(fake).find(({ origin }) => origin === API)?.audiences).toEqual(['new']);
    await type(named('Policies to import'), '[]');
    await click(all('.policy-files button')[1] ?? the('nothing'));
    await until(() => expect(text('.policy-files output')).toBe('This is no file of policies.'));
  });
  test('a file is chosen', async () => {
    const { fake } = await show();
    await openDialog();
    const chooser = the('dialog input[type=file]');
    const file = new File([writePolicies(policies)], 'p.json');
    Object.defineProperty(chooser, 'files', { value: [file] });
    await act(async () => void chooser.dispatchEvent(new Event('change', { bubbles: true })));
    await until(() => expect(text('.policy-files output')).toBe('2 imported.'));
    expect(saved(fake)).toEqual(policies);
  });
  test('what could not be read stands there to be copied', async () => {
    await show({ policies, unreadablePolicies: [{ key: 'policy/https://old.test', text: '{ "v": 9 }' }] });
    await openDialog('policy for api.test');
    expect(text('.policy-broken')).toMatch(/^https:\/\/old\.test/);
    expect(the('.policy-broken textarea')).toHaveProperty('value', '{ "v": 9 }');
  });
});

test('the settings lead to it too, where there is no token yet', async () => {
  await open();
  await click(named('Settings'));
  await until(() => the('dialog[open]'));
  await click(named('Policies of the APIs…'));
  await until(() => the('dialog[open] form'));
  expect([named('Policy'), field('API')].map((one) => 'value' in one && one.value)).toEqual(['', '']);
  expect(text('dialog')).toContain('Select a token to see here what the policy says of it.');
});

test('a private window is told that its policies go with it', async () => {
  await show({ canRemember: false });
  await openDialog();
  expect(text('dialog .hint')).toMatch(/^What an API demands of a token\. Policies of a private window stay in memory/);
});

test('every field has its name', async () => {
  await show({ policies: [policy()], unreadablePolicies: [{ key: 'policy/x', text: '' }] });
  await openDialog('policy for api.test');
  await click(named('Demand a claim'));
  await save();
  const { violations } = await axe.run(document.body, {
    resultTypes: ['violations'],
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
});
