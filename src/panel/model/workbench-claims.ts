/** What a button writes into the texts: dates from now on, a new `jti`, a registered name with an example. */
import { valueRange } from '../../core/token/edit-json.ts';
import { exampleOf } from './workbench-examples.ts';
import type { QuickAction, Workbench } from './workbench-shape.ts';
import type { TypedTexts } from './workbench-texts.ts';

const MS_PER_SECOND = 1000;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** The claim of an action, and how far from now it lies, in s; `jti` is no date. */
const ACTIONS: Readonly<Record<QuickAction, readonly [claim: string, seconds: number]>> = {
  iat_now: ['iat', 0],
  nbf_now: ['nbf', 0],
  exp_5m: ['exp', 5 * MINUTE],
  exp_1h: ['exp', HOUR],
  exp_1d: ['exp', DAY],
  jti_new: ['jti', 0],
};

/** @param now in ms since the epoch */
export const createClaims = (
  { header, payload, set, edit }: TypedTexts,
  now: () => number,
  uuid: () => string,
): Pick<Workbench, 'quick' | 'add'> => {
  const seconds = () => Math.floor(now() / MS_PER_SECOND);
  return {
    quick(action) {
      const [claim, later] = ACTIONS[action];
      return edit('payload', claim, claim === 'jti' ? JSON.stringify(uuid()) : String(seconds() + later));
    },
    add(part, name) {
      const there = valueRange((part === 'header' ? header : payload).peek(), name);
      if (there) return there;
      const edited = set(part, name, exampleOf(part, name, { now: seconds(), uuid }));
      return edited && { from: edited.from, to: edited.to };
    },
  };
};
