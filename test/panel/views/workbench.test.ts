// @vitest-environment happy-dom
/** The workbench as a person sees it: what is typed, what it says, and what became of it. */
import { undo } from '@codemirror/commands';
import { forEachDiagnostic } from '@codemirror/lint';
import { act } from 'preact/test-utils';
import { describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { given } from '../../fixtures/keys.ts';
import { CLAIMS, compact, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { all, click, named, press, text, texts, the, type, until } from '../screen.ts';
import { editor, findings, openBlank, openCopy, says, token, typedIn, write } from '../workbench-screen.ts';

describe('a blank token', () => {
  test('is signed from the start, and its parts, answers and signing input are there', async () => {
    await openBlank();
    expect(text('.wb-bar')).toContain('A blank token');
    await says('Signed with HS256, and the signature holds');
    const [header, payload] = token().split('.');
    expect(text('.wb-input')).toBe(`${header}.${payload}`);
    expect(texts('.four li')[0]).toMatch(/^✓ Signatureverified · HS256.*the key given here$/);
    expect(texts('.four li')[1]).toMatch(/^✓ TimeValid · until/);
    // There is nothing to filter here.
    expect(all('.search')).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  test('follows each keystroke', async () => {
    await openBlank();
    const before = token();
    await write('payload', '{"sub": "bob"}');
    await until(() => expect(decode(token()).payloadText).toBe('{"sub": "bob"}'));
    expect(token()).not.toBe(before);
    await says('Signed with HS256, and the signature holds');
  });

  test('is set by the buttons, each a step that can be undone', async () => {
    await openBlank();
    const before = typedIn('payload');
    await click(named('Expires in 1 d'));
    await until(() => expect(typedIn('payload')).toContain('"exp":1800086400'));
    // For who does not see it: the sentence on top is the same as before.
    expect(text('.notice')).toBe('Done: Expires in 1 d.');
    await click(named('New jti'));
    expect(typedIn('payload')).toMatch(/"jti":"[0-9a-f-]{36}"/);
    await act(() => void undo(editor('payload')));
    expect(typedIn('payload')).toContain('1800086400');
    await act(() => void undo(editor('payload')));
    expect(typedIn('payload')).toBe(before);
    await until(() => expect(decode(token()).payloadText).toBe(before));
  });
});

test('the button that set a claim stays in sight, though the text above it grows', async () => {
  await openBlank();
  const button = named('New jti');
  const shown = vi.fn();
  button.scrollIntoView = shown;
  button.focus();
  await click(button);
  await until(() => expect(shown).toHaveBeenCalledWith({ block: 'nearest' }));
  expect(typedIn('payload')).toContain('"jti"');
});

describe('what breaks', () => {
  test('is marked and told with its place, and the last good token stands, visibly so', async () => {
    await openBlank();
    const good = token();
    await write('payload', '{"a": 1,\n "b": }');
    await says('The payload breaks at line 2, column 7.');
    expect(text('.wb-result .say p')).toBe('The last good token stands below, not what is typed.');
    expect(text('.wb-token.stale .wb-stale')).toBe('≠ Last good token');
    expect(token()).toBe(good);
    expect(text('.wb-part.payload .wb-marks')).toBe('✕ Line 2, column 7: the JSON breaks here, at “}”.');
    const marks: (readonly [number, string])[] = [];
    forEachDiagnostic(editor('payload').state, ({ severity }, from) => marks.push([from, severity]));
    expect(marks).toEqual([[15, 'error']]);
    expect(editor('payload').contentDOM.getAttribute('aria-invalid')).toBe('true');
    expect(await findings()).toEqual([]);
    await click(named('Line 2, column 7'));
    expect(editor('payload').state.selection.main.from).toBe(15);
    await write('payload', '{"a": 1}');
    await until(() => expect(all('.wb-token.stale')).toEqual([]));
    expect(text('.wb-part.payload .wb-marks')).toBe('');
  });

  test('a number that others write in another way is a warning, and goes out as it is typed', async () => {
    await openBlank();
    await write('payload', '{"n": 1.50e3}');
    await until(() => expect(text('.wb-part.payload .wb-marks')).toMatch(/^⚠ Line 1, column 7: JavaScript/));
    await until(() => expect(decode(token()).payloadText).toBe('{"n": 1.50e3}'));
    expect(editor('payload').contentDOM.getAttribute('aria-invalid')).toBe('false');
  });
});

describe('a copy', () => {
  test('is its original to the letter, until something is changed; the change is named', async () => {
    const original = hmacToken(SECRET);
    const screen = await openCopy(original);
    await act(() => screen.fake.setKeys([given(SECRET)]));
    await says('The same as the original, to the letter');
    expect(token()).toBe(original);
    expect(text('.wb-bar')).toContain('Copy of: Access token · alice');
    await write('payload', JSON.stringify({ ...CLAIMS, sub: 'bob' }));
    await says("Changed, so the original's signature fails");
    expect(texts('.wb-changes li')).toEqual(['≠ changed sub alice bob']);
    expect(texts('.four li')[0]).toMatch(/^✕ Signaturemismatch/);
    expect(await findings()).toEqual([]);
  });

  test('without a key to check with nothing is claimed', async () => {
    await openCopy();
    await write('payload', '{}');
    await says("Changed under the original's signature, which no key here can check");
    expect(texts('.four li')[0]).toMatch(/no key · none is known here/);
  });

  test('leads back to the original, and can begin again', async () => {
    await openCopy();
    // The list, which had the focus, went.
    expect(document.activeElement?.id).toBe('tab-workbench');
    await write('payload', '{}');
    await until(() => expect(all('.wb-changes')).toHaveLength(1));
    await click(named('Start over'));
    await until(() => expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS)));
    await click(named('Show the original'));
    await until(() => the('.row[aria-selected=true]'));
    expect(document.activeElement?.id).toBe('tab-tokens');
  });

  test('what is hidden in it is seen', async () => {
    await openCopy(hmacToken(SECRET, { payload: { sub: 'al\u202eice\r' } }));
    await until(() => expect(editor('payload').contentDOM.textContent).toContain('al\\u202Eice'));
    expect(typedIn('payload')).toBe('{"sub":"al\u202eice\\r"}');
  });

  test('line breaks of Windows in it are kept', async () => {
    const payload = '{\r\n"a":1}';
    await openCopy(compact({ alg: 'HS256' }, payload, 'AA'));
    expect(typedIn('payload')).toBe(payload);
    await until(() => expect(decode(token()).payloadText).toBe(payload));
  });
});

describe('claims from the list', () => {
  test('are found by name and by meaning, explained, and added with the keyboard', async () => {
    await openBlank();
    await click(named('Add claim…'));
    const box = await until(() => the('.wb-choices [role=combobox]'));
    expect(document.activeElement).toBe(box);
    expect(texts('.wb-choices [role=option]')[0]).toMatch(/^iss .*RFC 7519 4\.1\.1$/);
    await type(box, 'aud');
    expect(await findings()).toEqual([]);
    await press(box, 'ArrowDown');
    await press(box, 'ArrowUp');
    expect(text('.wb-choices [aria-selected=true]')).toMatch(/^aud /);
    await press(box, 'Enter');
    await until(() => expect(typedIn('payload')).toContain('"aud":'));
    expect(all('.wb-choices')).toEqual([]);
    const { from, to } = editor('payload').state.selection.main;
    expect(JSON.parse(typedIn('payload').slice(from, to))).toBe(JSON.parse(typedIn('payload')).aud);
  });

  test('Escape leaves everything as it is', async () => {
    await openBlank();
    const before = typedIn('header');
    await click(named('Add parameter…'));
    const box = await until(() => the('.wb-choices [role=combobox]'));
    await type(box, 'no such name');
    expect(text('.wb-choices')).toBe('No registered name fits.');
    const event = await press(box, 'Escape');
    expect(event.defaultPrevented).toBe(true);
    await until(() => expect(all('.wb-choices')).toEqual([]));
    expect(document.activeElement).toBe(named('Add parameter…'));
    expect(typedIn('header')).toBe(before);
  });

  test('what takes none gives the focus back to the button; Tab does not lead into the list', async () => {
    await openBlank();
    await write('payload', '[1');
    await click(named('Add claim…'));
    const box = await until(() => the('.wb-choices [role=combobox]'));
    expect(the('.wb-choices [role=listbox]').tabIndex).toBe(-1);
    await press(box, 'Enter');
    await until(() => expect(all('.wb-choices')).toEqual([]));
    expect(document.activeElement).toBe(named('Add claim…'));
    expect(text('.notice')).toMatch(/^This takes a payload/);
  });
});

test('what takes a whole object does nothing to a broken one, and says so', async () => {
  await openCopy();
  const said = (part: string) =>
    until(() => expect(text('.notice')).toBe(`This takes a ${part} that is a whole JSON object. It stays as it is.`));
  await write('header', '{"alg":');
  await write('payload', '[1');
  await click(named('Issued now'));
  await said('payload');
  const none = named('None').querySelector('input');
  await click(none ?? document.body);
  await said('header');
  expect(none?.checked).toBe(false);
  await click(named('New jti'));
  await said('payload');
  const alg = named('Algorithm (alg)').querySelector('select');
  await type(alg ?? document.body, 'ES256');
  await said('header');
  expect(alg?.value).toBe('');
  expect([typedIn('header'), typedIn('payload')]).toEqual(['{"alg":', '[1']);
});

test('any text with a token in it can be loaded', async () => {
  await openBlank();
  await click(named('Load a token…'));
  await type(named('Text with tokens'), 'nothing');
  await click(named('Edit a copy'));
  expect(await until(() => text('dialog [role=alert]'))).toContain('There is no JSON Web Token');
  await type(named('Text with tokens'), `Authorization: Bearer ${hmacToken(SECRET)}`);
  await click(named('Edit a copy'));
  await until(() => expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS)));
  await until(() => expect(all('dialog')).toEqual([]));
});

test('what was done can be undone after a look at another view', async () => {
  await openCopy();
  await write('payload', '{}');
  await click(the('#tab-tokens'));
  await until(() => expect(all('.json-editor')).toEqual([]));
  await click(the('#tab-workbench'));
  expect(await until(() => typedIn('payload'))).toBe('{}');
  await act(() => void undo(editor('payload')));
  expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS));
  await until(() => expect(all('.wb-changes')).toEqual([]));
});

test('so can what was thrown away by beginning again; but nobody undoes into another token', async () => {
  await openCopy();
  await write('payload', '{}');
  await click(the('#tab-tokens'));
  await press(named('Tokens'), 'ContextMenu');
  await click(await until(() => named('Edit in the workbench')));
  expect(await until(() => typedIn('payload'))).toBe('{}');
  await click(named('Start over'));
  await until(() => expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS)));
  await act(() => void undo(editor('payload')));
  expect(typedIn('payload')).toBe('{}');

  await write('header', '{"alg":"HS384"}');
  await click(named('Load a token…'));
  await type(named('Text with tokens'), `${compact({ alg: 'HS384' }, { sub: 'bob' })}c2ln`);
  await click(named('Edit a copy'));
  await until(() => expect(typedIn('payload')).toBe('{"sub":"bob"}'));
  expect(typedIn('header')).toBe('{"alg":"HS384"}');
  await act(() => void undo(editor('header')));
  expect(typedIn('header')).toBe('{"alg":"HS384"}');
});

test('a changed copy waits by its name while another is edited, and goes on with its undo', async () => {
  await openCopy();
  await write('payload', '{}');
  expect(all('.wb-aside')).toEqual([]);
  await click(named('Start blank'));
  await until(() => expect(text('.wb-aside')).toBe('Changed and set aside:Access token · alice'));
  expect(text('.wb-bar')).toContain('A blank token');
  expect(await findings()).toEqual([]);
  await write('payload', '{"sub":"blank"}');
  await click(named('Access token · alice'));
  await until(() => expect(typedIn('payload')).toBe('{}'));
  expect(document.activeElement).toBe(the('.wb-bar'));
  expect(text('.wb-aside')).toBe('Changed and set aside:A blank token');
  await act(() => void undo(editor('payload')));
  expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS));
  await until(() => expect(texts('.spoken')).toContain('Changed and set aside: A blank token'));
});

test('what stands still is read aloud, and what lies between is not', async () => {
  await openBlank();
  const heard: string[] = [];
  const listening = new MutationObserver(() => heard.push(text('.wb-result .spoken')));
  listening.observe(the('.wb-result .spoken'), { childList: true, characterData: true, subtree: true });
  for (const typed of ['{"n"', '{"n":', '{"n":1.0']) {
    await write('payload', typed);
    await says(`The payload breaks at line 1, column ${typed.length + 1}.`);
  }
  await write('payload', '{"n":1.0}');
  await says('Signed with HS256, and the signature holds');
  await until(() => expect(text('.wb-part.payload .spoken')).toMatch(/^Line 1, column 6: JavaScript/));
  await until(() => expect(text('.wb-result .spoken')).toBe('Signed with HS256, and the signature holds'));
  listening.disconnect();
  expect(heard.join()).not.toContain('breaks');
});

test('the token can be copied as what one pastes elsewhere', async () => {
  await openBlank();
  const made = token();
  await click(named('Copy as…'));
  expect(await until(() => the('.copy-made textarea'))).toHaveProperty('value', made);
});

test('Format lays the JSON out, One line takes that back, and each is one step to undo', async () => {
  await openCopy();
  const press = (name: string) => click(the(`.wb-part.payload [aria-label="${name}"]`));
  await press('Format');
  expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS, undefined, 2));
  expect(text('.notice')).toBe('Done: Format.');
  await press('One line');
  expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS));
  await act(() => void undo(editor('payload')));
  expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS, undefined, 2));
  await act(() => void undo(editor('payload')));
  expect(typedIn('payload')).toBe(JSON.stringify(CLAIMS));
});

test('what is broken has no layout', async () => {
  await openBlank();
  const areOff = () => ['header', 'payload'].map((part) => all(`.wb-part.${part} .wb-lay-out :disabled`).length);
  expect(areOff()).toEqual([0, 0]);
  await write('payload', '{"sub": "a"');
  await until(() => expect(areOff()).toEqual([0, 2]));
  await write('payload', '{"sub": "a"}');
  await until(() => expect(areOff()).toEqual([0, 0]));
});

test('the token is put into the list, and shown there', async () => {
  await openBlank();
  const made = token();
  await click(named('Put into the list'));
  await until(() => the('.row[aria-selected=true]'));
  await until(() => expect(text('section.detail .raw')).toBe(made));
  expect(document.activeElement?.id).toBe('tab-tokens');
});

test('keys that type stay in the editor; Tab leaves it', async () => {
  await openBlank();
  const { contentDOM } = editor('payload');
  const dispatch = async (key: string, more: KeyboardEventInit = {}) => {
    let heard = false;
    const listen = () => {
      heard = true;
    };
    document.addEventListener('keydown', listen);
    const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
    await act(async () => void contentDOM.dispatchEvent(event));
    document.removeEventListener('keydown', listen);
    return { heard, prevented: event.defaultPrevented };
  };
  expect(await dispatch('/')).toMatchObject({ heard: false });
  expect(await dispatch('Escape')).toEqual({ heard: false, prevented: true });
  expect(await dispatch('Tab')).toMatchObject({ prevented: false });
  expect(await dispatch('p', { ctrlKey: true })).toMatchObject({ heard: true });
});
