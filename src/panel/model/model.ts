/** Everything the views read and all they can do, made of one source. Data flows source → log → judgement → views. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { parseSettings, type Settings } from '../../core/capture/settings.ts';
import { judgeTime } from '../../core/judge/time.ts';
import type { TimeAnswer } from '../../core/judge/verdict.ts';
import type { JsonObject } from '../../core/token/decoded.ts';
import type { RingKey, SignatureState } from '../../core/trust/signature.ts';
import type { PanelSource, Theme } from '../source.ts';
import { type Clocks, createClocks } from './clocks.ts';
import { createDates, type Dates } from './dates.ts';
import { type Facts, parseFilter, passes } from './filter.ts';
import type { Imported } from './imported.ts';
import { createLog, type Entry, type Log } from './log.ts';
import { datedClaims } from './opened.ts';
import { createSelection, type Selection } from './selection.ts';
import { createSignatures, type Signatures } from './signatures.ts';
import { createTicker } from './ticker.ts';

export type Dialog =
  | 'paste'
  | 'import'
  | 'export'
  | 'copy'
  | 'settings'
  | 'opaque'
  | 'keys'
  | 'policy'
  | 'compare'
  | undefined;

export type View = 'tokens' | 'exchanges' | 'timeline' | 'workbench';

/** How long a notice stands: time to read two short sentences. */
const NOTICE_MS = 8000;

export interface Model {
  readonly source: PanelSource;
  /** Where the log came out of a file. */
  readonly imported: Imported | undefined;
  readonly log: Log;
  readonly now: ReadonlySignal<number>;
  /**
   * When a token is judged, in ms: now; in a log out of a file, when it was last sent there (else answered, else seen),
   * unless that is switched to now. A caller that does not follow the clock hands in its own `now`.
   */
  moment(entry: Entry, now?: number): number;
  readonly dates: Dates;
  readonly clocks: Clocks;
  readonly signatures: Signatures;
  readonly settings: ReadonlySignal<Settings>;
  readonly keys: ReadonlySignal<readonly RingKey[]>;
  readonly access: ReadonlySignal<boolean>;
  readonly theme: ReadonlySignal<Theme>;
  readonly filter: ReadonlySignal<string>;
  setFilter(text: string): void;
  /** How many of all entries have expired. */
  readonly expired: ReadonlySignal<number>;
  /** How many entries a person took out of the list. */
  readonly hidden: ReadonlySignal<number>;
  /** Takes one out, until the log is cleared or the panel closed; without an id all are back. */
  hide(id?: string): void;
  /** The entries that pass the filter, without the hidden ones. */
  readonly shown: ReadonlySignal<readonly Entry[]>;
  readonly selection: Selection;
  readonly selected: ReadonlySignal<Entry | undefined>;
  readonly view: ReadonlySignal<View>;
  show(view: View): void;
  /** ExchangeRecord.id of the row selected in the exchanges. */
  readonly exchange: ReadonlySignal<string | undefined>;
  selectExchange(id: string | undefined): void;
  /** The token that the workbench is to begin with; each is a new object, so that asking twice is asking twice. */
  readonly edited: ReadonlySignal<{ readonly compact: string } | undefined>;
  /** Shows the workbench with a copy of it. */
  edit(compact: string): void;
  readonly dialog: ReadonlySignal<Dialog>;
  /** What the dialogue is about: the origin of a policy, the id of a token to compare or to copy; or what to copy itself. */
  readonly about: ReadonlySignal<string>;
  open(dialog: Dialog, about?: string): void;
  /** What is read aloud, and shown in the status bar for a moment. */
  readonly notice: ReadonlySignal<string>;
  tell(text: string): void;
  /** What was handed over held no token; stays until one is here. */
  readonly complaint: ReadonlySignal<string>;
  complain(text: string): void;
  /** Of the claims, wherever they are inside; or of another payload, by the same clock. */
  timeOf(entry: Entry, now: number, payload?: JsonObject): TimeAnswer;
  clear(): Promise<void>;
  /** What a part that was loaded later has to stop when the model ends. */
  onDispose(stop: () => void): void;
  dispose(): void;
}

export const createModel = (source: PanelSource, imported?: Imported): Model => {
  const settings = signal(parseSettings(undefined));
  const keys = signal<readonly RingKey[]>([]);
  const access = signal(true);
  const theme = signal<Theme>('system');
  const filter = signal('');
  const view = signal<View>('tokens');
  const exchange = signal<string | undefined>(undefined);
  const edited = signal<{ readonly compact: string } | undefined>(undefined);
  const dialog = signal<Dialog>(undefined);
  const about = signal('');
  const notice = signal('');
  const complaint = signal('');
  let noticed = 0;
  const ticker = createTicker(source.now);
  const clocks = createClocks();
  const log = createLog(source, clocks.add);
  const signatures = createSignatures(log, keys);

  const moment = ({ lastSent, last, firstSeen }: Entry, now?: number) =>
    imported?.isThen.value ? (lastSent?.start ?? last?.end ?? firstSeen) : (now ?? ticker.now.value);
  const timeOf = (entry: Entry, now: number, payload = datedClaims(entry)) =>
    judgeTime(payload, now, {
      offset: clocks.of(entry)?.offset ?? 0,
      leeway: settings.value.leeway,
    });

  const expired = computed(() => {
    log.revision.value;
    signatures.contents.value;
    const now = ticker.now.value;
    return log.entries.value.filter((entry) => timeOf(entry, moment(entry, now)).state === 'expired').length;
  });
  const gone = signal<ReadonlySet<string>>(new Set());
  const listed = computed(() => {
    const ids = gone.value;
    return ids.size > 0 ? log.entries.value.filter(({ id }) => !ids.has(id)) : log.entries.value;
  });
  const hide = (id?: string) => {
    gone.value = new Set(id === undefined ? [] : [...gone.peek(), id]);
  };
  const terms = computed(() => parseFilter(filter.value));
  const timed = computed(() => terms.value.some((term) => term.field === 'is'));
  const shown = computed(() => {
    log.revision.value;
    if (terms.value.length === 0) return listed.value;
    if (timed.value) signatures.revision.value;
    else signatures.contents.value;
    const now = timed.value ? ticker.now.value : 0;
    const facts: Facts = {
      time: (entry) => timeOf(entry, moment(entry, now)).state,
      signature: (entry): SignatureState => signatures.of(entry)?.state ?? 'no_key',
    };
    return listed.value.filter((entry) => passes(terms.value, entry, facts));
  });
  const selection = createSelection(shown);
  const selected = computed(() => {
    log.revision.value;
    return selection.id.value === undefined ? undefined : log.entry(selection.id.value);
  });

  const stops = [
    source.watchSettings((next) => {
      settings.value = next;
    }),
    source.watchKeys((next) => {
      keys.value = next;
    }),
    source.watchAccess((next) => {
      access.value = next;
    }),
    source.watchTheme((next) => {
      theme.value = next;
    }),
  ];

  return {
    source,
    imported,
    log,
    now: ticker.now,
    moment,
    dates: createDates(source.language),
    clocks,
    signatures,
    settings,
    keys,
    access,
    theme,
    filter,
    setFilter(text) {
      filter.value = text;
    },
    expired,
    hidden: computed(() => log.entries.value.length - listed.value.length),
    hide,
    shown,
    selection,
    selected,
    view,
    show(next) {
      view.value = next;
    },
    exchange,
    selectExchange(id) {
      exchange.value = id;
    },
    edited,
    edit(compact) {
      edited.value = { compact };
      view.value = 'workbench';
    },
    dialog,
    about,
    open(next, what = '') {
      about.value = what;
      dialog.value = next;
    },
    notice,
    complaint,
    complain(text) {
      complaint.value = text;
    },
    tell(text) {
      window.clearTimeout(noticed);
      notice.value = text;
      noticed = window.setTimeout(() => {
        notice.value = '';
      }, NOTICE_MS);
    },
    timeOf,
    async clear() {
      selection.select(undefined);
      hide();
      exchange.value = undefined;
      log.forgetOwn();
      await source.clear();
    },
    onDispose(stop) {
      stops.push(stop);
    },
    dispose() {
      for (const stop of stops) stop();
      signatures.dispose();
      log.dispose();
      ticker.dispose();
      window.clearTimeout(noticed);
    },
  };
};
