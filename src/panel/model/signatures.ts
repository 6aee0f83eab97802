/**
 * What keys open of every token: its signature, its content, its disclosures. Each is opened by itself with every key
 * that the panel knows, once until the keys change. The cryptography is a chunk of its own that loads with the first token.
 */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Decoded } from '../../core/token/decoded.ts';
import type { KeyReading } from '../../core/trust/key.ts';
import type { Open } from '../../core/trust/open.ts';
import type { Opened } from '../../core/trust/opened.ts';
import type { RingKey, SignatureAnswer } from '../../core/trust/signature.ts';
import type { Entry, Log } from './log.ts';
import { isSealed, signatureOf } from './opened.ts';
import { nextTask, SLICE_MS } from './slices.ts';

/** How many tokens are opened at once: so many that have a signature and nothing else. */
const BATCH = 64;
/** What is encrypted, disclosed or nested takes many steps, which all come due in one task. */
const STEPS = 8;

/** Computed by the browser, but up to a millisecond each: as much as many steps. */
const HEAVY_ALGORITHMS: ReadonlySet<unknown> = new Set(['ES384', 'ES512']);

/** Computed in JavaScript, some ms each: one fills a batch. */
const SLOW_ALGORITHMS: ReadonlySet<unknown> = new Set(['ES256K', 'Ed448', 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87']);

/** The part of a batch that a token fills, of BATCH. */
const weightOf = ({ form, header, inner, parts = [], disclosures }: Decoded): number => {
  if (SLOW_ALGORITHMS.has(header?.alg) || parts.length > 1) return BATCH;
  return form === 'jwe' || inner || disclosures || HEAVY_ALGORITHMS.has(header?.alg) ? STEPS : 1;
};

const loadTrust = () => import('../../core/trust/trust.ts');

export interface Signatures {
  readonly revision: ReadonlySignal<number>;
  /** Like `revision`, but only when more or less of a token can be read than before. */
  readonly contents: ReadonlySignal<number>;
  /** The signature that counts; undefined where there is none, and until it was looked at (`entry.opened`). */
  of(entry: Entry): SignatureAnswer | undefined;
  /** Derives the key of this token, however long that takes (PBES2). */
  allowSlow(entry: Entry): void;
  /** What was signed, of a token that carries it not (RFC 7515 appendix F); '' takes it back. */
  setPayload(entry: Entry, text: string): void;
  payloadOf(entry: Entry): string;
  /** The same token with another algorithm than its header's, to watch it fail; not kept. */
  force(decoded: Decoded, alg: string): Promise<SignatureAnswer>;
  /** What a given key is. */
  read(key: RingKey): Promise<KeyReading>;
  dispose(): void;
}

export const createSignatures = (log: Log, keys: ReadonlySignal<readonly RingKey[]>): Signatures => {
  /** By what was read of a token, so that one that was cleared and comes again is opened again. */
  const looked = new WeakSet<Decoded>();
  const slow = new WeakSet<Decoded>();
  const payloads = new WeakMap<Decoded, string>();
  /** Those that no key opened, with the names of the cookies that were tried. */
  const sealed = new Map<Entry, readonly string[]>();
  const waiting = new Set<Entry>();
  const revision = signal(0);
  const contents = signal(0);
  const opening = loadTrust().then(({ createOpener }) => createOpener());
  const verifying = loadTrust().then(({ createVerifier }) => createVerifier());
  let running = false;
  let disposed = false;

  /** True where that changes what can be read. */
  const take = (entry: Entry, decoded: Decoded, opened: Opened): boolean => {
    if (entry.decoded !== decoded) return false;
    looked.add(decoded);
    const changed = log.take(entry, opened);
    if (isSealed(entry)) sealed.set(entry, entry.cookies);
    else sealed.delete(entry);
    return changed;
  };

  const openOne = (open: Open, entry: Entry) => {
    const { decoded, cookies } = entry;
    const payload = payloads.get(decoded);
    const options = { cookies, slow: slow.has(decoded), ...(payload !== undefined && { payload }) };
    return { entry, decoded, opened: open(decoded, keys.peek(), options) };
  };

  /** Begins with as many as are opened at once; fewer where already that takes long. */
  const begin = (open: Open, end: number) => {
    const batch: ReturnType<typeof openOne>[] = [];
    let room = BATCH;
    for (const entry of waiting) {
      const weight = weightOf(entry.decoded);
      if (batch.length > 0 && weight > room) break;
      room -= weight;
      waiting.delete(entry);
      batch.push(openOne(open, entry));
      if (performance.now() >= end) break;
    }
    return batch;
  };

  const run = async () => {
    running = true;
    const open = await opening;
    let changed = false;
    let end = performance.now() + SLICE_MS;
    while (waiting.size > 0 && !disposed) {
      for (const { entry, decoded, opened } of begin(open, end)) {
        changed = take(entry, decoded, opened instanceof Promise ? await opened : opened) || changed;
      }
      // An answer that takes no key comes without a turn of the browser's: thousands of them would be one long task.
      if (waiting.size > 0 && performance.now() < end) continue;
      revision.value += 1;
      if (changed) contents.value += 1;
      changed = false;
      await nextTask();
      end = performance.now() + SLICE_MS;
    }
    running = false;
  };

  const enqueue = (entries: Iterable<Entry>) => {
    for (const entry of entries) waiting.add(entry);
    if (waiting.size > 0 && !running) void run();
  };

  const stopEntries = effect(() => enqueue(log.entries.value.filter((entry) => !looked.has(entry.decoded))));
  const stopKeys = effect(() => {
    keys.value;
    enqueue(log.entries.peek());
  });
  // The name of a cookie is part of the key that Auth.js seals with, and a token may be seen in it only later.
  const stopCookies = effect(() => {
    log.revision.value;
    for (const [entry, cookies] of sealed) {
      if (log.entry(entry.id) !== entry) sealed.delete(entry);
      else if (entry.cookies !== cookies) enqueue([entry]);
    }
  });

  return {
    revision,
    contents,
    of: ({ opened }) => signatureOf(opened),
    allowSlow(entry) {
      slow.add(entry.decoded);
      enqueue([entry]);
    },
    setPayload(entry, text) {
      if (text === '') payloads.delete(entry.decoded);
      else payloads.set(entry.decoded, text);
      enqueue([entry]);
    },
    payloadOf: ({ decoded }) => payloads.get(decoded) ?? '',
    force: async (decoded, alg) => (await verifying)(decoded, keys.peek(), { alg }),
    read: async (key) => (await loadTrust()).readKey(key.text),
    dispose() {
      disposed = true;
      for (const stop of [stopEntries, stopKeys, stopCookies]) stop();
    },
  };
};
