import { useRef, useState } from 'preact/hooks';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { Entry } from '../model/log.ts';
import { holds, type Tried, tryKey } from '../model/try-key.ts';
import { usePanel } from './panel-context.ts';

interface Trial {
  readonly tried: Tried;
  readonly kept: boolean;
}

/**
 * What is typed into a key box, tried with each keystroke. What holds is kept by itself; the rest when asked.
 * @param entry the token it is for; without one, keys are only read
 * @param takesCookie whether the key may be one that is derived with a cookie's name
 */
export const useKeyTrial = (entry: Entry | undefined, takesCookie: boolean) => {
  const { source, signatures, tell } = usePanel();
  const [text, setText] = useState('');
  const [cookie, setCookie] = useState(() => (takesCookie && entry?.cookies[0]) || '');
  const [trial, setTrial] = useState<Trial>();
  const [refused, setRefused] = useState(false);
  const turn = useRef(0);

  /** Gives whether there was room for it. */
  const add = async (key: string, name: string): Promise<boolean> => {
    try {
      await source.addKey(key, entry ? issuerOf(entry.claims) : '', name === '' ? undefined : { cookie: name });
      return true;
    } catch {
      setRefused(true);
      return false;
    }
  };

  const take = async (key: string, name = cookie) => {
    turn.current += 1;
    const mine = turn.current;
    setText(key);
    setCookie(name);
    setRefused(false);
    if (key.trim() === '') return setTrial(undefined);
    const tried = await tryKey(entry, key, name, entry && signatures.payloadOf(entry));
    if (mine !== turn.current) return;
    setTrial({ tried, kept: false });
    if ('error' in tried.reading || !tried.answer || !holds(tried.answer)) return;
    if (!(await add(key, name)) || mine !== turn.current) return;
    tell(
      source.text(
        tried.sealed ? 'ring_decrypted' : 'key_verified',
        source.text(`key_format_${tried.answer.key?.format ?? tried.reading.format}`),
      ),
    );
    setText('');
    setTrial({ tried, kept: true });
  };

  const keep = async () => {
    turn.current += 1;
    const mine = turn.current;
    // What was typed or pasted meanwhile stays.
    if (!(await add(text, cookie)) || mine !== turn.current) return;
    setText('');
    setTrial(undefined);
  };

  /** Keeps it, and says yes to the rounds that its token asks for: a key that was only tried opens nothing. */
  const derive = (): Promise<void> => {
    if (entry) signatures.allowSlow(entry);
    return keep();
  };

  return { text, cookie, trial, refused, take, keep, derive };
};
