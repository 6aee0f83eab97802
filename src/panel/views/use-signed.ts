import { useMemo } from 'preact/hooks';
import { decode } from '../../core/token/decode.ts';
import type { Decoded } from '../../core/token/decoded.ts';
import type { Built } from '../model/workbench-shape.ts';

/** The JWS that was made, whatever is around it; undefined where the payload alone is encrypted. */
export const useSigned = ({ compact, jws, decoded }: Built): Decoded | undefined =>
  useMemo(() => {
    if (jws === compact) return decoded;
    return jws === '' ? undefined : decode(jws);
  }, [compact, jws, decoded]);
