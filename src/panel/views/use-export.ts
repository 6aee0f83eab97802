import { useEffect, useState } from 'preact/hooks';
import type { Exported, ExportFormat, ExportOptions } from '../../core/report/exported.ts';
import type { Entry } from '../model/log.ts';
import type { Model } from '../model/model.ts';
import { policiesOf } from '../model/policies.ts';
import { verdictsOf } from './export-verdicts.ts';
import { usePanel } from './panel-context.ts';

export type ExportScope = 'all' | 'shown' | 'selected';

/** What a person chose in the dialogue. */
export interface ExportChoice {
  readonly format: ExportFormat;
  readonly scope: ExportScope;
  readonly live: boolean;
  readonly masked: readonly string[];
}

/** `undefined`: not there yet. */
export type Made = Exported | 'failed' | undefined;

/** How long a word that is being typed may take; each look at the file is a whole export. */
const TYPING_MS = 300;

export const entriesOf = ({ log, shown, selected }: Model, scope: ExportScope): readonly Entry[] => {
  if (scope === 'all') return log.entries.peek();
  const entry = selected.peek();
  return scope === 'shown' ? shown.peek() : entry ? [entry] : [];
};

const make = async (
  model: Model,
  { format, scope, live, masked }: ExportChoice,
  at: number,
  signal: AbortSignal,
): Promise<Exported> => {
  const { source, log, keys } = model;
  const entries = entriesOf(model, scope);
  const isTold = format === 'csv' || format === 'markdown';
  const options: ExportOptions = {
    ...{ format, live, at, version: source.version, browser: source.browser, maskClaims: masked },
    keys: keys.peek().flatMap(({ provenance, text }) => (provenance === 'given' ? [text] : [])),
    ...(scope !== 'all' && { only: entries.map(({ id }) => id) }),
    ...(isTold && { verdicts: await verdictsOf(model, entries, signal) }),
  };
  return source.exportLog(log.records(), options, signal);
};

/**
 * The file for a choice, made anew whenever that changes, and nothing while it is made: what is saved must be what the
 * dialogue says.
 */
export const useExport = (choice: ExportChoice, at: number): Made => {
  const model = usePanel();
  const { isRead, stored } = policiesOf(model);
  // Policies that come while the dialogue is open say something else of each token.
  const key = JSON.stringify([choice, isRead.value, stored.value.policies.length]);
  const [made, setMade] = useState<{ readonly key: string; readonly file: Exclude<Made, undefined> }>();
  useEffect(() => {
    const ended = new AbortController();
    const done = (file: Exclude<Made, undefined>) => ended.signal.aborted || setMade({ key, file });
    const start = () => make(model, choice, at, ended.signal).then(done, () => done('failed'));
    const timer = setTimeout(start, made ? TYPING_MS : 0);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [model, key, at]);
  return made?.key === key ? made.file : undefined;
};
