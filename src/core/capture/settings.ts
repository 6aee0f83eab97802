import * as v from 'valibot';

const between = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.check((given) => given >= least && given <= most),
  );

/** The person's settings; in `storage.local`, no token or key among them (a key to be remembered has its own place). */
const schema = v.object({
  paused: v.fallback(v.boolean(), false),
  /** Capture only while DevTools is open on the tab. */
  onlyWhileOpen: v.fallback(v.boolean(), false),
  /** Keep the log when the tab navigates. */
  preserveLog: v.fallback(v.boolean(), true),
  /** Seconds of leeway for `exp` and `nbf`. */
  leeway: v.fallback(
    v.pipe(
      between(0, 3600),
      v.check((given) => Number.isInteger(given)),
    ),
    0,
  ),
  /** Share of the width (wide) or height (narrow) that the token list takes, in percent. */
  split: v.fallback(between(15, 85), 36),
});

export type Settings = Readonly<v.InferOutput<typeof schema>>;

/** What stands under `settings` in storage, or anything else, as settings; what is unreadable becomes its default. */
export const parseSettings = (stored: unknown): Settings =>
  v.parse(schema, typeof stored === 'object' && stored !== null ? stored : {});

export const SETTINGS_KEY = 'settings';
