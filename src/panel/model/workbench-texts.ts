/** The two texts as they are typed, and what is to be marked in them. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { type EditedJson, removeMember, setMember } from '../../core/token/edit-json.ts';
import { type JsonMark, jsonMarks, periodMark, replacedMark, sizeMarks } from '../../core/token/json-marks.ts';
import { paced } from './paced.ts';
import { headerOf, saysPlain, type Texts } from './workbench-compose.ts';
import { isJsonStart } from './workbench-lay-out.ts';
import type { Part } from './workbench-shape.ts';

/**
 * A text is looked at with each keystroke; of a long one so many characters cost a millisecond's pause from one time to the
 * next. So one of 1 MB is looked at some four times a second.
 */
const CHARACTERS_PER_MS = 4096;

const NO_MARKS: Readonly<Record<Part, readonly JsonMark[]>> = { header: [], payload: [] };

export interface TypedTexts {
  readonly header: ReadonlySignal<string>;
  readonly payload: ReadonlySignal<string>;
  readonly marks: ReadonlySignal<Readonly<Record<Part, readonly JsonMark[]>>>;
  /** `alg` of the header, as far as that can be read; '' where there is none. */
  readonly alg: ReadonlySignal<string>;
  now(): Texts;
  /** In place of both; `first` as they began, where that was not now. */
  begin(texts: Texts, first?: Texts): void;
  type(part: Part, text: string): void;
  /** Gives a member a value, JSON text, or with undefined takes it out. False: the text is no whole JSON object. */
  edit(part: Part, name: string, value: string | undefined): boolean;
  /** The same, and where the value stands. */
  set(part: Part, name: string, value: string): EditedJson | undefined;
  /** Puts another text in place of one. False: there is none. */
  rewrite(part: Part, rewritten: (text: string) => string | undefined): boolean;
  /** Marks them anew: what they are held against has changed. */
  look(): void;
  /** What was typed last is looked at, though its turn has not come. */
  lookNow(): void;
  /** Something that was typed is not looked at yet. */
  readonly isDirty: ReadonlySignal<boolean>;
  stop(): void;
}

/** What the texts are held against. */
interface Demands {
  /** The payload may be any text; what begins like JSON is to be JSON all the same. */
  isText(): boolean;
  /** U+FFFD stands in the part for octets of the original. */
  wasReplaced(part: Part): boolean;
  /** The payload goes into no segment. */
  isAlone(): boolean;
}

/** @param onLook is told after each look, with the marks and `alg` as they are now */
export const createTexts = ({ isText, isAlone, wasReplaced }: Demands, onLook: () => void): TypedTexts => {
  const texts = { header: signal(''), payload: signal('') };
  const marks = signal(NO_MARKS);
  const alg = signal('');
  const isDirty = signal(false);
  let first: Texts = { header: '', payload: '' };

  const now = (): Texts => ({ header: texts.header.peek(), payload: texts.payload.peek() });

  const payloadMarks = (payload: string, isPlain: boolean): readonly JsonMark[] => {
    const found = isText() && !isJsonStart(payload) ? sizeMarks(payload) : jsonMarks(payload, 'payload', first.payload);
    const period = isPlain && !isAlone() ? periodMark(payload) : undefined;
    return period ? [...found, period] : found;
  };

  const withReplaced = (part: Part, text: string, found: readonly JsonMark[]): readonly JsonMark[] => {
    const replaced = replacedMark(text, wasReplaced(part));
    return replaced ? [...found, replaced] : found;
  };

  const look = () => {
    const { header, payload } = now();
    const members = headerOf(header);
    batch(() => {
      isDirty.value = false;
      alg.value = typeof members.alg === 'string' ? members.alg : '';
      marks.value = {
        header: withReplaced('header', header, jsonMarks(header, 'header', first.header)),
        payload: withReplaced('payload', payload, payloadMarks(payload, saysPlain(members))),
      };
    });
    onLook();
  };

  const pause = () => Math.floor((texts.header.peek().length + texts.payload.peek().length) / CHARACTERS_PER_MS);
  const looking = paced(pause, look);

  const type = (part: Part, text: string) => {
    if (texts[part].peek() === text) return;
    batch(() => {
      texts[part].value = text;
      isDirty.value = true;
    });
    looking.ask();
  };

  return {
    ...{ header: texts.header, payload: texts.payload, marks, alg, isDirty, now, type, look },
    begin(next, asBegun = next) {
      first = { header: asBegun.header, payload: asBegun.payload };
      batch(() => {
        texts.header.value = next.header;
        texts.payload.value = next.payload;
      });
    },
    edit(part, name, value) {
      const text = texts[part].peek();
      const next = value === undefined ? removeMember(text, name) : setMember(text, name, value)?.text;
      if (next !== undefined) type(part, next);
      return next !== undefined;
    },
    set(part, name, value) {
      const edited = setMember(texts[part].peek(), name, value);
      if (edited) type(part, edited.text);
      return edited;
    },
    rewrite(part, rewritten) {
      const next = rewritten(texts[part].peek());
      if (next !== undefined) type(part, next);
      return next !== undefined;
    },
    lookNow() {
      if (isDirty.peek()) look();
    },
    stop: looking.stop,
  };
};
