/**
 * The workbench: a copy of a token, or a blank one, that is typed into, signed, encrypted and judged at each keystroke. The
 * original is never touched. Loaded with the view that shows it.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { removeMember, setMember, valueRange } from '../../core/token/edit-json.ts';
import { type JsonMark, jsonMarks, MAX_TYPED, periodMark, sizeMarks } from '../../core/token/json-marks.ts';
import { layOut } from '../../core/token/lay-out.ts';
import type { RingKey, SecretReading } from '../../core/trust/signature.ts';
import type { Model } from './model.ts';
import { paced } from './paced.ts';
import { createBuilding } from './workbench-building.ts';
import { headerOf, isUntouched, saysPlain } from './workbench-compose.ts';
import { exampleOf, namesOf } from './workbench-examples.ts';
import { choicesOf } from './workbench-key.ts';
import { makeToken } from './workbench-make.ts';
import type { Encryption, Part, QuickAction, SignatureMode, Workbench } from './workbench-shape.ts';
import { type Beginning, blank, copied } from './workbench-start.ts';
import { createTools, type Tools } from './workbench-tools.ts';
import { createKeyInput } from './workbench-typed-key.ts';

/**
 * A text is read, and the token made, at each keystroke; of a long one so many characters cost a millisecond's pause from
 * one time to the next. So one of 1 MB is looked at some four times a second.
 */
const CHARACTERS_PER_MS = 4096;

/** Lines that a text may be laid out to: with an indent for each, few characters would become a great many. */
const MAX_LINES = 100_000;

const MS_PER_SECOND = 1000;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** The claim of an action, and how far from now it lies, in s; `jti` is no date. */
const ACTIONS: Readonly<Record<QuickAction, readonly [claim: string, seconds: number]>> = {
  iat_now: ['iat', 0],
  nbf_now: ['nbf', 0],
  exp_5m: ['exp', 5 * MINUTE],
  exp_1h: ['exp', HOUR],
  exp_1d: ['exp', DAY],
  jti_new: ['jti', 0],
};

const UNSIGNED_MODES: readonly SignatureMode[] = ['key', 'none', 'empty'];
const COPY_MODES: readonly SignatureMode[] = ['original', ...UNSIGNED_MODES];

const NO_ENCRYPTION = { on: false, what: 'token', alg: 'dir', enc: 'A256GCM' } as const;

const NO_MARKS: Readonly<Record<Part, readonly JsonMark[]>> = { header: [], payload: [] };

const isBroken = (marks: readonly JsonMark[]): boolean => marks.some(({ severity }) => severity === 'error');

const isJsonStart = (text: string): boolean => /^\s*[{[]/.test(text);

/** `tools` are stood in for by tests. */
export const createWorkbench = (model: Model, tools: Tools): Workbench & { dispose(): void } => {
  const { source } = model;
  const texts = { header: signal(''), payload: signal('') };
  const marks = signal(NO_MARKS);
  const alg = signal('');
  const begun = signal<Beginning>(blank(source.now()));
  const original = signal<string | undefined>(undefined);
  const mode = signal<SignatureMode>('key');
  const choice = signal<SecretReading>('text');
  const encryption = signal<Omit<Encryption, 'key'>>(NO_ENCRYPTION);
  const signingKey = createKeyInput(tools);
  const sealingKey = createKeyInput(tools);
  const keyChoices = computed(() => choicesOf(signingKey.reading.value));
  /** The literal of `alg` before it became none; null where there was none. */
  let formerAlg: string | null | undefined;
  let isDirty = false;
  let own = { id: 0, text: '' };

  const typed = () => ({ header: texts.header.peek(), payload: texts.payload.peek() });
  const isAlone = () => encryption.peek().on && encryption.peek().what === 'payload';

  /** Whose octets are another key each time, so that nobody remembers it as the one before. */
  const ownKey = (text: string, issuer: string): RingKey => {
    if (own.text !== text) own = { id: own.id + 1, text };
    return { id: `workbench-${own.id}`, text, provenance: 'given', issuer, addedAt: Number.MAX_SAFE_INTEGER };
  };

  const building = createBuilding(async () => {
    const key = await signingKey.read();
    const encryptionKey = await sealingKey.read();
    const now = typed();
    const { header, payload } = marks.peek();
    const isOriginal = mode.peek() === 'original' && isUntouched(now, begun.peek());
    if (!isOriginal && (isBroken(payload) || (isBroken(header) && !isAlone()))) return;
    return makeToken(
      {
        texts: now,
        begun: begun.peek(),
        mode: mode.peek(),
        key,
        choice: choice.peek(),
        encryption: encryption.peek(),
        encryptionKey,
        ring: model.keys.peek(),
        own: (issuer) => (key.reading && !('error' in key.reading) ? ownKey(key.text, issuer) : undefined),
      },
      tools,
    );
  });

  const payloadMarks = (payload: string, isPlain: boolean): readonly JsonMark[] => {
    const isText = begun.peek().isText && !isJsonStart(payload);
    const found = isText ? sizeMarks(payload) : jsonMarks(payload, 'payload');
    const period = isPlain && !isAlone() ? periodMark(payload) : undefined;
    return period ? [...found, period] : found;
  };

  const look = () => {
    isDirty = false;
    const { header, payload } = typed();
    const members = headerOf(header);
    batch(() => {
      alg.value = typeof members.alg === 'string' ? members.alg : '';
      marks.value = { header: jsonMarks(header, 'header'), payload: payloadMarks(payload, saysPlain(members)) };
    });
    building.ask();
  };
  const looking = paced(
    () => Math.floor((texts.header.peek().length + texts.payload.peek().length) / CHARACTERS_PER_MS),
    look,
  );
  /** What was typed last is looked at, though its turn has not come. */
  const lookNow = () => {
    if (isDirty) look();
  };

  const type = (part: Part, text: string) => {
    if (texts[part].peek() === text) return;
    texts[part].value = text;
    isDirty = true;
    looking.ask();
  };

  /** Sets a member, or with undefined takes it out; false where the text is no JSON object. */
  const edit = (part: Part, name: string, value: string | undefined): boolean => {
    const text = texts[part].peek();
    const next = value === undefined ? removeMember(text, name) : setMember(text, name, value)?.text;
    if (next === undefined) return false;
    type(part, next);
    return true;
  };

  const toNone = (): boolean => {
    const { header } = typed();
    const range = valueRange(header, 'alg');
    const literal = range && header.slice(range.from, range.to);
    if (literal?.toLowerCase() === '"none"') return true;
    if (!edit('header', 'alg', '"none"')) return false;
    formerAlg = literal ?? null;
    return true;
  };

  /** Puts back what was there, unless another was typed since. */
  const fromNone = () => {
    const { header } = typed();
    const range = valueRange(header, 'alg');
    if (formerAlg !== undefined && range && header.slice(range.from, range.to) === '"none"')
      edit('header', 'alg', formerAlg ?? undefined);
    formerAlg = undefined;
  };

  const setMode = (next: SignatureMode): boolean => {
    if (next === mode.peek()) return true;
    if (next === 'original' && !begun.peek().captured) return false;
    if (next === 'none' && !toNone()) return false;
    if (mode.peek() === 'none') fromNone();
    mode.value = next;
    building.ask();
    return true;
  };

  const setAlg = (name: string): boolean => {
    if (!edit('header', 'alg', JSON.stringify(name))) return false;
    if (mode.peek() === 'none' && name !== 'none') {
      formerAlg = undefined;
      mode.value = 'key';
      building.ask();
    }
    return true;
  };

  const generate = async (name: string) => {
    const made = await signingKey.generate(name);
    if (typeof made !== 'boolean') building.fail(made);
    if (made !== true) return;
    batch(() => {
      setAlg(name);
      mode.value = 'key';
    });
    building.ask();
  };

  const generateEncryptionKey = async () => {
    const { alg: name, enc } = encryption.peek();
    const made = await sealingKey.generate(name, enc);
    if (typeof made !== 'boolean') building.fail(made);
    else if (made) building.ask();
  };

  const openedOf = (compact: string) => model.log.entries.peek().find((entry) => entry.compact === compact)?.opened;

  const start = (compact?: string) => {
    const next = compact === undefined ? blank(source.now()) : copied(compact, openedOf(compact));
    signingKey.cancel();
    formerAlg = undefined;
    building.forget();
    batch(() => {
      begun.value = next;
      original.value = compact;
      texts.header.value = next.header;
      texts.payload.value = next.payload;
      mode.value = next.mode;
      encryption.value = { ...NO_ENCRYPTION, ...next.encryption };
    });
    look();
    // As at jwt.io there is a token to look at from the first moment on; but none whose secret everybody knows.
    if (next.mode === 'key' && !next.encryption && signingKey.text.peek() === '') void generate('HS256');
  };

  const quick = (action: QuickAction): boolean => {
    const [claim, seconds] = ACTIONS[action];
    const now = Math.floor(source.now() / MS_PER_SECOND);
    return edit('payload', claim, claim === 'jti' ? JSON.stringify(tools.uuid()) : String(now + seconds));
  };

  const add = (part: Part, name: string) => {
    const text = texts[part].peek();
    const there = valueRange(text, name);
    if (there) return there;
    const now = Math.floor(source.now() / MS_PER_SECOND);
    const edited = setMember(text, name, exampleOf(part, name, { now, uuid: tools.uuid }));
    if (!edited) return;
    type(part, edited.text);
    return { from: edited.from, to: edited.to };
  };

  const format = (part: Part): boolean => {
    const text = texts[part].peek();
    if (!isJsonStart(text) || jsonMarks(text, part).some(({ code }) => code === 'json' || code === 'too_deep'))
      return false;
    const lines = layOut(text, MAX_LINES);
    const next = lines.join('\n');
    if (lines.length === MAX_LINES || next.length > MAX_TYPED) return false;
    type(part, next);
    return true;
  };

  const keep = async () => {
    lookNow();
    await building.settled();
    const built = building.built.peek();
    if (!built?.current) return;
    const [id] = await model.log.add([built.compact], { kind: 'paste', name: '' });
    model.selection.select(id);
    model.show('tokens');
  };

  const stops = [
    effect(() => {
      const compact = model.edited.value?.compact;
      untracked(() => start(compact));
    }),
    effect(() => {
      model.keys.value;
      building.ask();
    }),
  ];

  return {
    header: texts.header,
    payload: texts.payload,
    type,
    marks,
    format,
    quick,
    names: namesOf,
    add,
    mode,
    modes: computed(() => (begun.value.captured ? COPY_MODES : UNSIGNED_MODES)),
    setMode,
    alg,
    setAlg,
    key: signingKey.text,
    keyReading: signingKey.reading,
    keyChoices,
    keyChoice: computed(() => (keyChoices.value.includes(choice.value) ? choice.value : 'text')),
    chooseReading(reading) {
      choice.value = reading;
      building.ask();
    },
    typeKey(text) {
      signingKey.type(text);
      building.ask();
    },
    generate,
    generating: signingKey.generating,
    generated: signingKey.generated,
    encryption: computed(() => ({ ...encryption.value, key: sealingKey.text.value })),
    setEncryption({ key, ...change }) {
      if (key !== undefined) sealingKey.type(key);
      encryption.value = { ...encryption.peek(), ...change };
      look();
    },
    encryptionKeyReading: sealingKey.reading,
    generateEncryptionKey,
    generatedEncryption: sealingKey.generated,
    built: building.built,
    busy: building.busy,
    failure: building.failure,
    original,
    start,
    keep,
    dispose() {
      for (const stop of stops) stop();
      looking.stop();
      building.stop();
      signingKey.type('');
      sealingKey.type('');
    },
  };
};

const made = new WeakMap<Model, Workbench>();

/** One for each model, from when something first asks for it; keys and texts are forgotten when the model ends. */
export const workbenchOf = (model: Model): Workbench => {
  const known = made.get(model);
  if (known) return known;
  const workbench = createWorkbench(model, createTools());
  model.onDispose(workbench.dispose);
  made.set(model, workbench);
  return workbench;
};
