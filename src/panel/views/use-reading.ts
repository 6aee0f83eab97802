import { useEffect, useState } from 'preact/hooks';
import type { KeyReading } from '../../core/trust/key.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import { usePanel } from './panel-context.ts';

/** What a key of the ring is; undefined until it was read. */
export const useReading = (given: RingKey): KeyReading | undefined => {
  const { signatures } = usePanel();
  const [reading, setReading] = useState<KeyReading>();
  const { id, text } = given;
  // By its text: the ring comes anew with each change, and with it every entry.
  useEffect(() => {
    let current = true;
    void signatures.read(given).then((read) => current && setReading(read));
    return () => {
      current = false;
    };
  }, [id, text, signatures]);
  return reading;
};
