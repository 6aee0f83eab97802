/** A box that a key is typed into, or made for. What is in it is in memory alone, and never joins the ring. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Failure } from '../../core/trust/fit.ts';
import type { KeyReading } from '../../core/trust/key.ts';
import type { GeneratedKey } from '../../core/trust/signing.ts';
import type { TypedKey } from './workbench-make.ts';
import type { Tools } from './workbench-tools.ts';

/** What is to be known of it to go on later. */
export interface HeldKey {
  readonly text: string;
  /** Where it was made here. */
  readonly generated: GeneratedKey | undefined;
}

export interface KeyInput {
  readonly text: ReadonlySignal<string>;
  /** That of the text before, until this one was read. */
  readonly reading: ReadonlySignal<KeyReading | undefined>;
  readonly generated: ReadonlySignal<GeneratedKey | undefined>;
  readonly generating: ReadonlySignal<boolean>;
  type(text: string): void;
  held(): HeldKey;
  /** In place of what is there. */
  take(held: HeldKey): void;
  /** Reads it, once. */
  read(): Promise<TypedKey>;
  /** Puts a new key into it. False where another was typed or asked for in the meantime. Never rejects. */
  generate(alg: string, enc?: string): Promise<boolean | Failure>;
  /** No key that is still being made comes any more. */
  cancel(): void;
}

export const createKeyInput = ({ read, generate }: Pick<Tools, 'read' | 'generate'>): KeyInput => {
  const text = signal('');
  const reading = signal<KeyReading | undefined>(undefined);
  const generated = signal<GeneratedKey | undefined>(undefined);
  const generating = signal(false);
  let asked = 0;
  let last: TypedKey = { text: '', reading: undefined };

  const put = (next: string, made: GeneratedKey | undefined) =>
    batch(() => {
      generating.value = false;
      generated.value = made;
      text.value = next;
      if (next === '') reading.value = undefined;
    });

  return {
    text,
    reading,
    generated,
    generating,
    type(next) {
      asked += 1;
      put(next, undefined);
    },
    held: () => ({ text: text.peek(), generated: generated.peek() }),
    take(held) {
      asked += 1;
      put(held.text, held.generated);
    },
    async read() {
      const typed = text.peek();
      if (last.text === typed) return last;
      const found = typed === '' ? undefined : await read(typed);
      const now = { text: typed, reading: found };
      if (text.peek() === typed) {
        last = now;
        reading.value = found;
      }
      return now;
    },
    async generate(alg, enc) {
      asked += 1;
      const mine = asked;
      generating.value = true;
      const made = await generate(alg, enc).catch(
        (): Failure => ({ state: 'cannot_be_checked', reason: 'alg_unsupported_here', detail: [alg] }),
      );
      if (mine !== asked) return false;
      generating.value = false;
      if ('state' in made) return made;
      put(made.jwk, made);
      return true;
    },
    cancel() {
      asked += 1;
      generating.value = false;
    },
  };
};
