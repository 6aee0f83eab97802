import { useEffect } from 'preact/hooks';
import { usePanel } from './panel-context.ts';
import { useTakeText } from './use-take-text.ts';

/** Takes the text that the context menu handed over, once. */
export const useHandedOver = () => {
  const { source, complain } = usePanel();
  const take = useTakeText();
  useEffect(() => {
    void source.handedOver().then(async (text) => {
      if (text !== undefined && !(await take(text, 'selection'))) complain(source.text('selection_nothing'));
    });
  }, [source]);
};
