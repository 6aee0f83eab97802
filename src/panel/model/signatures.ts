/**
 * Every token's signature, verified by itself against every key the panel knows, once until the keys change.
 * The cryptography is a chunk of its own that loads with the first token.
 */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Decoded } from '../../core/token/decoded.ts';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { KeyReading } from '../../core/trust/key.ts';
import type { RingKey, SignatureAnswer } from '../../core/trust/signature.ts';
import type { Entry, Log } from './log.ts';
import { nextTask, SLICE_MS } from './slices.ts';

/** How many tokens are verified at once. */
const BATCH = 64;

const loadTrust = () => import('../../core/trust/trust.ts');

export interface Signatures {
  readonly revision: ReadonlySignal<number>;
  /** Undefined until it was looked at. */
  of(entry: Entry): SignatureAnswer | undefined;
  /** The same token with another algorithm than its header's, to watch it fail; not kept. */
  force(entry: Entry, alg: string): Promise<SignatureAnswer>;
  /** What a text is as a key, and what the token says to it; not kept. */
  tryKey(entry: Entry, text: string): Promise<{ readonly reading: KeyReading; readonly answer: SignatureAnswer }>;
  /** What a given key is. */
  read(key: RingKey): Promise<KeyReading>;
  dispose(): void;
}

export const createSignatures = (log: Log, keys: ReadonlySignal<readonly RingKey[]>): Signatures => {
  /** By what was read of a token, so that one that was cleared and comes again is verified again. */
  const answers = new WeakMap<Decoded, SignatureAnswer>();
  const waiting = new Set<Entry>();
  const revision = signal(0);
  const verifying = loadTrust().then(({ createVerifier }) => createVerifier());
  let running = false;
  let disposed = false;

  const run = async () => {
    running = true;
    const verify = await verifying;
    let end = performance.now() + SLICE_MS;
    while (waiting.size > 0 && !disposed) {
      const batch: Entry[] = [];
      for (const entry of waiting) {
        if (batch.length === BATCH) break;
        batch.push(entry);
        waiting.delete(entry);
      }
      const done = await Promise.all(batch.map((entry) => verify(entry.decoded, keys.peek())));
      for (const [index, answer] of done.entries()) {
        const entry = batch[index];
        if (entry) answers.set(entry.decoded, answer);
      }
      // An answer that takes no key comes without a turn of the browser's: thousands of them would be one long task.
      if (waiting.size > 0 && performance.now() < end) continue;
      revision.value += 1;
      await nextTask();
      end = performance.now() + SLICE_MS;
    }
    running = false;
  };

  const enqueue = (entries: readonly Entry[]) => {
    for (const entry of entries) waiting.add(entry);
    if (waiting.size > 0 && !running) void run();
  };

  const stopEntries = effect(() => enqueue(log.entries.value.filter((entry) => !answers.has(entry.decoded))));
  const stopKeys = effect(() => {
    keys.value;
    enqueue(log.entries.peek());
  });

  return {
    revision,
    of: (entry) => answers.get(entry.decoded),
    force: async (entry, alg) => (await verifying)(entry.decoded, keys.peek(), { alg }),
    async tryKey(entry, text) {
      const { createVerifier, readKey } = await loadTrust();
      const issuer = issuerOf(entry.decoded);
      const given: RingKey = { id: 'trial', text, provenance: 'given', issuer, addedAt: 0 };
      return { reading: readKey(text), answer: await createVerifier()(entry.decoded, [given]) };
    },
    read: async (key) => (await loadTrust()).readKey(key.text),
    dispose() {
      disposed = true;
      stopEntries();
      stopKeys();
    },
  };
};
