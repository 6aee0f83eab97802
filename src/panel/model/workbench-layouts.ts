/** The texts of the workbench over lines, or on one line. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { JsonMark } from '../../core/token/json-marks.ts';
import { canLayOut, onOneLine, overLines } from './workbench-lay-out.ts';
import type { Edited, Workbench } from './workbench-shape.ts';
import type { TypedTexts } from './workbench-texts.ts';

/** The text of the outer header, which is a setting of the encryption. */
interface OuterText {
  readonly text: ReadonlySignal<string>;
  readonly marks: ReadonlySignal<readonly JsonMark[]>;
  set(text: string): void;
}

/** Of the outer header too, whose white space does not go into the token: it is laid out to be read. */
export const createLayouts = (
  texts: TypedTexts,
  outer: OuterText,
): Pick<Workbench, 'canLayOut' | 'format' | 'oneLine'> => {
  const rewrite = (part: Edited, rewritten: (text: string) => string | undefined): boolean => {
    if (part !== 'outer') return texts.rewrite(part, rewritten);
    const next = rewritten(outer.text.peek());
    if (next !== undefined) outer.set(next);
    return next !== undefined;
  };
  return {
    canLayOut: computed(() => ({
      header: canLayOut(texts.header.value, texts.marks.value.header),
      payload: canLayOut(texts.payload.value, texts.marks.value.payload),
      outer: canLayOut(outer.text.value, outer.marks.value),
    })),
    format: (part) => rewrite(part, overLines),
    oneLine: (part) => rewrite(part, onOneLine),
  };
};
