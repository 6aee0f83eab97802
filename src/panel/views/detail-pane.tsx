import { Detail } from './detail.tsx';
import { usePanel } from './panel-context.ts';
import { Splitter } from './splitter.tsx';

/** What stands beside the list of tokens, together: the selected one, and the bar between. */
export const DetailPane = () => {
  const { selected } = usePanel();
  return (
    <>
      <Splitter />
      <Detail key={selected.value?.id} />
    </>
  );
};
