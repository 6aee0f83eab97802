import type { AesMode } from './jwe-algorithms.ts';

const LENGTH = 192 / 8;

const probe = async (mode: AesMode): Promise<boolean> => {
  try {
    const usage = mode === 'AES-KW' ? 'unwrapKey' : 'decrypt';
    await crypto.subtle.importKey('raw', new Uint8Array(LENGTH), mode, false, [usage]);
    return true;
  } catch {
    return false;
  }
};

/**
 * Whether this browser takes AES keys of 192 bits in a mode; Chromium takes none.
 * Asked beforehand, since jose tells its refusal as it tells a wrong key (RFC 7516 section 11.5). Asks once for each mode.
 */
export const createAes192 = (): ((mode: AesMode) => Promise<boolean>) => {
  const known = new Map<AesMode, Promise<boolean>>();
  return (mode) => {
    const answer = known.get(mode) ?? probe(mode);
    known.set(mode, answer);
    return answer;
  };
};
