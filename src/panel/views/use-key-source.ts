import { useEffect, useState } from 'preact/hooks';
import type { Copied } from '../../core/report/copy-as-request.ts';
import type { KeySource } from '../../core/report/snippets/demands.ts';
import { keySourceOf } from '../model/copy-as.ts';
import { usePanel } from './panel-context.ts';

/** The key that the code which verifies a token is to use; undefined until it was looked up. */
export const useKeySource = (copied: Copied, about: string): KeySource | undefined => {
  const { log, keys, signatures } = usePanel();
  signatures.revision.value;
  const entry = log.entry(about);
  const answer = entry && signatures.of(entry);
  const [key, setKey] = useState<KeySource>();
  useEffect(() => {
    let isCurrent = true;
    const found = keySourceOf(copied, answer, keys.value);
    // A chunk that does not load: the code is written all the same, and says that its key is to be put in.
    void found
      .catch((): KeySource => ({ kind: 'unknown' }))
      .then((source) => {
        if (isCurrent) setKey(source);
      });
    return () => {
      isCurrent = false;
    };
  }, [copied, answer, keys.value]);
  return key;
};
