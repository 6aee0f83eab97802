import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Model } from '../model/model.ts';

export const PanelContext = createContext<Model | undefined>(undefined);

/** The model of the panel a view stands in. */
export const usePanel = (): Model => {
  const model = useContext(PanelContext);
  if (!model) throw new Error('a view outside of mount');
  return model;
};
