/** What the header of a JWE makes of its encryption, as jose takes it. Pure. */
import { base64url, type JWEKeyManagementHeaderParameters } from 'jose';
import type { JsonObject } from '../token/decoded.ts';
import { MAX_ITERATIONS } from './decrypt-check.ts';
import { type KeyManagement, OWN_MEMBERS } from './jwe-algorithms.ts';
import type { EncryptionFailure, EncryptionHeader } from './signing.ts';

/**
 * Of PBES2, where the header does not say another: as many as jose opens unless it is told to take more, so that whoever the
 * token is for can read it. RFC 7518 section 4.8.1.2 wants 1,000 at the least.
 */
const ITERATIONS = 10_000;

const unusable = (name: string): EncryptionFailure => ({
  state: 'not_encrypted',
  reason: 'header_member',
  detail: [name],
});

/** The members that are there; the algorithms first, as people write them. */
export const outerHeader = ({ alg, enc, zip, members = {} }: EncryptionHeader) => ({
  ...{ alg, enc },
  ...Object.fromEntries(Object.entries(members).filter(([name]) => !OWN_MEMBERS.has(name))),
  ...(zip !== undefined && { zip }),
});

/** RFC 7516 section 4.1.13: names of members that are there, each once. What they mean is for whoever reads the token. */
const isCritical = (members: JsonObject, crit: unknown): crit is readonly string[] =>
  Array.isArray(crit) &&
  crit.length > 0 &&
  new Set(crit).size === crit.length &&
  crit.every((name) => typeof name === 'string' && name !== '' && Object.hasOwn(members, name));

/** Undefined where it is no base64url. */
const octetsOf = (text: unknown): Uint8Array | undefined => {
  try {
    return typeof text === 'string' ? base64url.decode(text) : undefined;
  } catch {
    return;
  }
};

const isCount = (count: unknown): count is number =>
  typeof count === 'number' && Number.isSafeInteger(count) && count > 0 && count <= MAX_ITERATIONS;

const PARTIES = ['apu', 'apv'] as const;

const partiesOf = (members: JsonObject): JWEKeyManagementHeaderParameters | EncryptionFailure => {
  const parties: JWEKeyManagementHeaderParameters = {};
  for (const name of PARTIES) {
    if (!Object.hasOwn(members, name)) continue;
    const octets = octetsOf(members[name]);
    if (!octets) return unusable(name);
    parties[name] = octets;
  }
  return parties;
};

/** What takes part in how the key is had; or the member that cannot. */
export const keyParameters = (
  { family }: KeyManagement,
  { members = {} }: EncryptionHeader,
): JWEKeyManagementHeaderParameters | EncryptionFailure => {
  if (family === 'ecdh') return partiesOf(members);
  if (family !== 'pbes2') return {};
  const { p2c = ITERATIONS } = members;
  return isCount(p2c) ? { p2c } : unusable('p2c');
};

/** The names that jose is to let through, since nothing here has to understand them. Undefined where `crit` is unusable. */
export const criticalNames = ({ members = {} }: EncryptionHeader): Readonly<Record<string, boolean>> | undefined => {
  const { crit } = members;
  if (crit === undefined) return {};
  return isCritical(members, crit) ? Object.fromEntries(crit.map((name) => [name, true])) : undefined;
};
