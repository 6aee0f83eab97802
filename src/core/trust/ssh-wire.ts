import { readPoint } from './ec-point.ts';
import type { KeyError, PublicKey } from './key.ts';
import { curveKey, rsaKey } from './public-key.ts';
import type { KeyFormat } from './signature.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** Takes the strings of RFC 4251 section 5 one after the other; undefined from where they break off. */
export const createSshReader = (octets: Octets) => {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  let at = 0;
  const skip = (length: number): void => {
    at += length;
  };
  const number = (): number | undefined => {
    if (at + 4 > octets.length) return;
    at += 4;
    return view.getUint32(at - 4);
  };
  const string = (): Octets | undefined => {
    const length = number();
    if (length === undefined || at + length > octets.length) {
      at = octets.length;
      return;
    }
    at += length;
    return octets.subarray(at - length, at);
  };
  /** ASCII, as names are. */
  const name = (): string | undefined => {
    const read = string();
    return read && String.fromCharCode(...read.subarray(0, MAX_NAME));
  };
  /** An mpint that is positive, without the zero that keeps it so. */
  const positive = (): Octets | undefined => {
    const read = string();
    const start = read?.findIndex((byte) => byte !== 0) ?? -1;
    return start < 0 ? undefined : read?.subarray(start);
  };
  return { skip, number, string, name, positive };
};

export type SshReader = ReturnType<typeof createSshReader>;

/** Characters of a name that are looked at; RFC 4251 section 6 allows 64. */
const MAX_NAME = 64;

/** RFC 5656 section 10.1 */
export const SSH_CURVES: ReadonlyMap<string, string> = new Map([
  ['ecdsa-sha2-nistp256', 'P-256'],
  ['ecdsa-sha2-nistp384', 'P-384'],
  ['ecdsa-sha2-nistp521', 'P-521'],
]);

/** RFC 8709 */
export const SSH_EDWARDS: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['ssh-ed25519', ['Ed25519', 32]],
  ['ssh-ed448', ['Ed448', 57]],
]);

const BROKEN: KeyError = { error: 'openssh' };

/**
 * A public key as RFC 4253 section 6.6, RFC 5656 section 3.1 and RFC 8709 section 4 write it: its type, then its numbers.
 * Errors: `dsa`; `openssh_hardware`, a key that signs within FIDO's own frame and never a token; `openssh_type` with the
 * type as detail; `openssh` where it breaks off.
 */
export const readSshKey = (octets: Octets, format: KeyFormat): PublicKey | KeyError => {
  const reader = createSshReader(octets);
  const type = reader.name() ?? '';
  if (type === 'ssh-rsa') {
    const [e, n] = [reader.positive(), reader.positive()];
    return e && n ? rsaKey(format, n, e) : BROKEN;
  }
  const curve = SSH_CURVES.get(type);
  if (curve) {
    reader.skip(reader.number() ?? 0);
    const point = reader.string();
    const read = point && readPoint(curve, point);
    return read ? curveKey(format, 'EC', curve, read.x, read.y) : point ? { error: 'not_on_curve' } : BROKEN;
  }
  const [edwards, size] = SSH_EDWARDS.get(type) ?? [];
  if (edwards) {
    const x = reader.string();
    return x?.length === size ? curveKey(format, 'OKP', edwards, x ?? new Uint8Array()) : BROKEN;
  }
  if (type === 'ssh-dss') return { error: 'dsa' };
  if (type.startsWith('sk-')) return { error: 'openssh_hardware' };
  return /^[\w@.-]+$/.test(type) ? { error: 'openssh_type', detail: type } : BROKEN;
};
