/** Numbers of keys, big-endian and unsigned, as octets and back. */

type Octets = Uint8Array<ArrayBuffer>;

/** Octets of the largest modulus that OpenSSL takes: 16,384 bits. To compute with what a hostile key calls a number may take long. */
export const MAX_MODULUS = 2048;

export const toNumber = (octets: Octets): bigint => (octets.length === 0 ? 0n : BigInt(`0x${octets.toHex()}`));

/** As few octets as it takes, or `size` of them. */
export const toOctets = (number: bigint, size = 0): Octets => {
  const hex = number.toString(16);
  return Uint8Array.fromHex(hex.padStart(Math.max(2 * size, hex.length + (hex.length % 2)), '0'));
};
