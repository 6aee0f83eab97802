import type { ExchangeRecord } from '../capture/records.ts';
import { parametersOf } from '../judge/parameters.ts';
import { BLOCK } from './proof.ts';

/** What is a credential wherever it stands; of names like `key` or `session` the values may be words. */
const NAMES: readonly string[] = [
  ...[
    'access_token',
    'refresh_token',
    'id_token',
    'auth_token',
    'session_token',
    'api_key',
    'apikey',
    'subscription-key',
  ],
  ...['client_secret', 'client_assertion', 'assertion', 'code_verifier', 'device_code', 'password', 'SAMLResponse'],
];
/** What servers make credentials of. Anything else would be found in innocent text. */
const CREDENTIAL = /^[\w.~+/=-]+$/;

/**
 * The credentials that a login brought in its addresses, the captured tokens perhaps among them: authorization codes
 * (RFC 6749 section 4.1.2; a `code` without a `state` may be any code) tokens that may be opaque (section 4.2.2),
 * and what clients prove themselves with.
 * Shorter ones than the proof looks for are left out. Linear in the addresses; never throws.
 */
export const credentialsOf = ({ url, location }: ExchangeRecord): readonly string[] =>
  [url, location ?? ''].flatMap((address) => {
    const parameters = parametersOf(address);
    const names = parameters.has('state') ? ['code', ...NAMES] : NAMES;
    return names
      .flatMap((name) => parameters.getAll(name))
      .filter((value) => value.length >= BLOCK && CREDENTIAL.test(value));
  });
