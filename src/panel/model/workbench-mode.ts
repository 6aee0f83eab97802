/** What becomes of the signature, and `alg` in the header with it. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { valueRange } from '../../core/token/edit-json.ts';
import type { SignatureMode } from './workbench-shape.ts';
import type { TypedTexts } from './workbench-texts.ts';

const NONE = '"none"';

/** What is to be known of it to go on later. */
export interface HeldMode {
  readonly mode: SignatureMode;
  /** The literal of `alg` before it became none; null where there was none, undefined where nothing is to be put back. */
  readonly former?: string | null | undefined;
}

export interface Mode {
  readonly mode: ReadonlySignal<SignatureMode>;
  held(): HeldMode;
  /** Of another token; its header is as it is. */
  begin(held: HeldMode): void;
  /** None writes `alg` into the header, and whatever follows puts back what was there. False: the header is broken. */
  set(mode: SignatureMode): boolean;
  /** False: the header is broken. Where there was to be no signature, there is to be one now. */
  setAlg(alg: string): boolean;
}

export const createMode = ({ header, edit }: Pick<TypedTexts, 'header' | 'edit'>): Mode => {
  const mode = signal<SignatureMode>('key');
  let former: HeldMode['former'];

  const literal = (): string | undefined => {
    const text = header.peek();
    const range = valueRange(text, 'alg');
    return range && text.slice(range.from, range.to);
  };

  const toNone = (): boolean => {
    const before = literal();
    if (before?.toLowerCase() === NONE) return true;
    if (!edit('header', 'alg', NONE)) return false;
    former = before ?? null;
    return true;
  };

  /** Another that was typed since stays. */
  const fromNone = () => {
    if (former !== undefined && literal() === NONE) edit('header', 'alg', former ?? undefined);
    former = undefined;
  };

  return {
    mode,
    held: () => ({ mode: mode.peek(), former }),
    begin(held) {
      former = held.former;
      mode.value = held.mode;
    },
    set(next) {
      if (next === mode.peek()) return true;
      if (next === 'none' && !toNone()) return false;
      if (mode.peek() === 'none') fromNone();
      mode.value = next;
      return true;
    },
    setAlg(alg) {
      if (!edit('header', 'alg', JSON.stringify(alg))) return false;
      if (mode.peek() !== 'none' || alg === 'none') return true;
      former = undefined;
      mode.value = 'key';
      return true;
    },
  };
};
