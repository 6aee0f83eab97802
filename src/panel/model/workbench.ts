/**
 * The workbench: a copy of a token, or a blank one, that is typed into, signed, encrypted and judged with each keystroke. The
 * original is never touched. Loaded with the view that shows it.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { JsonMark } from '../../core/token/json-marks.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import type { Model } from './model.ts';
import { createBuilding } from './workbench-building.ts';
import { createClaims } from './workbench-claims.ts';
import { isUntouched } from './workbench-compose.ts';
import { type Draft, isChanged, type LeftDraft, untouched } from './workbench-draft.ts';
import { namesOf } from './workbench-examples.ts';
import { createGenerating } from './workbench-generating.ts';
import { choicesOf, verifyingText } from './workbench-key.ts';
import { createLayouts } from './workbench-layouts.ts';
import { makeToken } from './workbench-make.ts';
import { createMode } from './workbench-mode.ts';
import { NO_ENCRYPTION, outerMarks } from './workbench-outer.ts';
import type { KeyChoice, Part, SignatureMode, Workbench } from './workbench-shape.ts';
import { createSheets } from './workbench-sheets.ts';
import { type Beginning, blank, copied } from './workbench-start.ts';
import { createTexts } from './workbench-texts.ts';
import { createTools, type Tools } from './workbench-tools.ts';
import { createKeyInput } from './workbench-typed-key.ts';

const BLANK_MODES: readonly SignatureMode[] = ['key', 'none', 'empty'];
const COPY_MODES: readonly SignatureMode[] = ['original', ...BLANK_MODES];

const isBroken = (marks: readonly JsonMark[]): boolean => marks.some(({ severity }) => severity === 'error');

/** `tools` are stood in for by tests. */
export const createWorkbench = (model: Model, tools: Tools): Workbench & { dispose(): void } => {
  const { source } = model;
  const begun = signal<Beginning>(blank(source.now()));
  const choice = signal<KeyChoice>('text');
  const encryption = signal(NO_ENCRYPTION);
  const isAlone = () => encryption.peek().on && encryption.peek().what === 'payload';
  const demands = {
    isText: () => begun.peek().isText,
    wasReplaced: (part: Part) => begun.peek().wasReplaced[part],
    isAlone,
  };
  const texts = createTexts(demands, () => building.ask());
  texts.begin(begun.peek());
  const modes = createMode(texts);
  const { mode } = modes;
  const signing = createKeyInput(tools);
  const sealing = createKeyInput(tools);
  const keyChoices = computed(() => choicesOf(signing.reading.value, texts.alg.value));
  const keyChoice = computed((): KeyChoice => {
    const [first = 'text', ...others] = keyChoices.value;
    return others.includes(choice.value) ? choice.value : first;
  });
  const outer = computed(() => (encryption.value.on ? outerMarks(encryption.value.more) : []));
  const changeEncryption = (change: Partial<typeof NO_ENCRYPTION>) => {
    encryption.value = { ...encryption.peek(), ...change };
    // What is encrypted alone may hold what a segment may not.
    if (change.on !== undefined || change.what !== undefined) texts.look();
    else building.ask();
  };
  let own = { id: 0, text: '' };

  /** By another id for each text, since verifiers remember keys by it; newer than any other, so that it is tried first. */
  const ownKey = (text: string, issuer: string): RingKey => {
    if (own.text !== text) own = { id: own.id + 1, text };
    return { id: `workbench-${own.id}`, text, provenance: 'given', issuer, addedAt: Number.MAX_SAFE_INTEGER };
  };

  /** Whether nothing can be made of the texts. An original is one, however broken, as long as it is left alone. */
  const areBroken = (): boolean => {
    const { header, payload } = texts.marks.peek();
    if (isBroken(outer.peek())) return true;
    if (mode.peek() === 'original' && isUntouched(texts.now(), begun.peek())) return false;
    return isBroken(payload) || (isBroken(header) && !isAlone());
  };

  const building = createBuilding(async () => {
    const key = await signing.read();
    const encryptionKey = await sealing.read();
    if (areBroken()) return;
    return makeToken(
      {
        texts: texts.now(),
        begun: begun.peek(),
        mode: mode.peek(),
        ...{ key, choice: keyChoice.peek() },
        ...{ encryption: encryption.peek(), encryptionKey },
        ring: model.keys.peek(),
        own: (issuer) =>
          key.reading && !('error' in key.reading)
            ? ownKey(verifyingText(key.text, keyChoice.peek()), issuer)
            : undefined,
      },
      tools,
    );
  });

  const generating = createGenerating({ texts, mode: modes, signing, building });

  const now = (): Draft => ({
    begun: begun.peek(),
    texts: texts.now(),
    mode: modes.held(),
    encryption: encryption.peek(),
  });

  const sheets = createSheets((): LeftDraft | undefined => {
    const draft = now();
    if (!isChanged(draft)) return;
    return { ...draft, key: signing.held(), choice: choice.peek(), encryptionKey: sealing.held() };
  });

  const put = (draft: Draft) => {
    building.forget();
    signing.cancel();
    sealing.cancel();
    batch(() => {
      begun.value = draft.begun;
      texts.begin(draft.texts, draft.begun);
      modes.begin(draft.mode);
      encryption.value = draft.encryption;
    });
    texts.look();
  };

  const openedOf = (compact: string) => model.log.entries.peek().find((entry) => entry.compact === compact)?.opened;

  const beginningOf = (compact: string | undefined): Beginning =>
    compact === undefined ? blank(source.now()) : copied(compact, openedOf(compact));

  const start = (compact?: string) =>
    batch(() => {
      sheets.begin(compact);
      generating.dropBlank();
      put(untouched(beginningOf(compact)));
      // As at jwt.io there is a token to look at from the first moment on; but none whose secret everybody knows.
      if (compact === undefined && signing.text.peek() === '') void generating.generateBlank();
    });

  const turnTo: Workbench['turnTo'] = (sheet) =>
    batch(() => {
      const draft = sheets.turnTo(sheet);
      if (!draft) return;
      signing.take(draft.key);
      sealing.take(draft.encryptionKey);
      choice.value = draft.choice;
      put(draft);
    });

  const edit = (compact: string) => {
    if (sheets.current.peek().original === compact && isChanged(now())) return;
    const waiting = sheets.aside.peek().find(({ sheet }) => sheet.original === compact);
    if (waiting) turnTo(waiting.sheet);
    else start(compact);
  };

  const keep = async () => {
    texts.lookNow();
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
      untracked(() => (compact === undefined ? start() : edit(compact)));
    }),
    effect(() => {
      model.keys.value;
      building.ask();
    }),
  ];

  return {
    ...{ header: texts.header, payload: texts.payload, marks: texts.marks, alg: texts.alg },
    ...{ type: texts.type, names: namesOf },
    ...createLayouts(texts, {
      text: computed(() => encryption.value.more),
      marks: outer,
      set: (more) => changeEncryption({ more }),
    }),
    ...createClaims(texts, source.now, tools.uuid),
    mode,
    modes: computed(() => (begun.value.captured ? COPY_MODES : BLANK_MODES)),
    setMode(next) {
      if (next === 'original' && !begun.peek().captured) return false;
      const isSet = modes.set(next);
      building.ask();
      return isSet;
    },
    setAlg: modes.setAlg,
    ...{ key: signing.text, keyReading: signing.reading, generated: signing.generated, generating: signing.generating },
    ...{ keyChoices, keyChoice },
    chooseReading(reading) {
      choice.value = reading;
      building.ask();
    },
    typeKey(text) {
      signing.type(text);
      building.ask();
    },
    ...{ generate: generating.generate, writeKid: generating.writeKid },
    encryption: computed(() => ({ ...encryption.value, key: sealing.text.value })),
    setEncryption({ key, ...change }) {
      if (key !== undefined) sealing.type(key);
      changeEncryption(change);
    },
    ...{ outerMarks: outer, encryptionKeyReading: sealing.reading },
    async generateEncryptionKey() {
      const { alg, enc } = encryption.peek();
      const made = await sealing.generate(alg, enc);
      if (typeof made !== 'boolean') building.fail(made);
      else if (made) building.ask();
    },
    ...{ generatedEncryption: sealing.generated, generatingEncryption: sealing.generating },
    ...{ built: building.built, failure: building.failure },
    busy: computed(() => texts.isDirty.value || building.busy.value),
    ...{ sheet: sheets.current, aside: computed(() => sheets.aside.value.map(({ sheet }) => sheet)) },
    original: computed(() => sheets.current.value.original),
    ...{ start, edit, turnTo, keep },
    startOver() {
      put(untouched(beginningOf(sheets.current.peek().original)));
    },
    dispose() {
      for (const stop of stops) stop();
      texts.stop();
      building.stop();
      sheets.forget();
      signing.type('');
      sealing.type('');
    },
  };
};

const made = new WeakMap<Model, Workbench>();

/** One for each model, from when something first asks for it; keys and tokens are forgotten when the model ends. */
export const workbenchOf = (model: Model): Workbench => {
  const known = made.get(model);
  if (known) return known;
  const workbench = createWorkbench(model, createTools());
  model.onDispose(workbench.dispose);
  made.set(model, workbench);
  return workbench;
};
