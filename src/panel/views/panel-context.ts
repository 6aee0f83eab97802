import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Logs } from '../model/logs.ts';
import type { Model } from '../model/model.ts';

export const PanelContext = createContext<Model | undefined>(undefined);

/** The model of the log that a view stands in. */
export const usePanel = (): Model => {
  const model = useContext(PanelContext);
  if (!model) throw new Error('a view outside of mount');
  return model;
};

export const LogsContext = createContext<Logs | undefined>(undefined);

/** All open logs. */
export const useLogs = (): Logs => {
  const logs = useContext(LogsContext);
  if (!logs) throw new Error('a view outside of mount');
  return logs;
};
