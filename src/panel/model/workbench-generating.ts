/** A key that is made to sign with, and what of it goes into the header. */
import { batch } from '@preact/signals';
import { valueRange } from '../../core/token/edit-json.ts';
import type { Building } from './workbench-building.ts';
import type { Mode } from './workbench-mode.ts';
import type { TypedTexts } from './workbench-texts.ts';
import type { KeyInput } from './workbench-typed-key.ts';

const BLANK_ALG = 'HS256';

interface Generating {
  /** Makes one for the algorithm, writes `alg` and the key's `kid` into the header, and signs with it. */
  generate(alg: string): Promise<void>;
  /** The key that a blank token begins with; its `kid` stays out of the header that everybody knows. */
  generateBlank(): Promise<void>;
  /** A key that nobody asked for goes with the token that it came with. */
  dropBlank(): void;
  /** Writes the `kid` of the key that was made, whatever stands there. False: the header is broken, or none was made. */
  writeKid(): boolean;
}

interface Parts {
  readonly texts: Pick<TypedTexts, 'header' | 'alg' | 'edit'>;
  readonly mode: Mode;
  readonly signing: KeyInput;
  readonly building: Building;
}

export const createGenerating = ({ texts, mode, signing, building }: Parts): Generating => {
  const blankKeys = new Set<string>();
  /** The literals of those that came from here. They may be written over; what a person typed, or an issuer wrote, may not. */
  const ownKids = new Set<string>();

  const writeKid = (): boolean => {
    const kid = signing.generated.peek()?.key.kid;
    if (kid === undefined) return false;
    const literal = JSON.stringify(kid);
    ownKids.add(literal);
    return texts.edit('header', 'kid', literal);
  };

  const isKidFree = (): boolean => {
    const text = texts.header.peek();
    const range = valueRange(text, 'kid');
    return !range || ownKids.has(text.slice(range.from, range.to));
  };

  /** Whether one was made, and no other came in its place. */
  const make = async (alg: string, hasKid: boolean): Promise<boolean> => {
    const [formerMode, formerAlg] = [mode.mode.peek(), texts.alg.peek()];
    const made = await signing.generate(alg);
    if (typeof made !== 'boolean') building.fail(made);
    if (made !== true) return false;
    // RSA takes seconds: what was chosen or typed in the meantime stays.
    batch(() => {
      if (mode.mode.peek() === formerMode) mode.set('key');
      if (texts.alg.peek() !== formerAlg) return;
      mode.setAlg(alg);
      if (hasKid && isKidFree()) writeKid();
    });
    building.ask();
    return true;
  };

  return {
    async generate(alg) {
      await make(alg, true);
    },
    async generateBlank() {
      if (await make(BLANK_ALG, false)) blankKeys.add(signing.text.peek());
    },
    dropBlank() {
      if (blankKeys.has(signing.text.peek())) signing.type('');
    },
    writeKid,
  };
};
