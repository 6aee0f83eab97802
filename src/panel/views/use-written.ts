import { useEffect, useState } from 'preact/hooks';
import type { KeyReading } from '../../core/trust/key.ts';
import { type Written, writeKey } from '../model/write-keys.ts';

const NOTHING: Written = { forms: [], thumbprint: '' };

/** A key in the forms that it can be copied in; had beforehand, since a browser lets copy only within the click. */
export const useWritten = (reading: KeyReading): Written => {
  const [written, setWritten] = useState(NOTHING);
  useEffect(() => {
    let current = true;
    void writeKey(reading).then((now) => current && setWritten(now));
    return () => {
      current = false;
    };
  }, [reading]);
  return written;
};
