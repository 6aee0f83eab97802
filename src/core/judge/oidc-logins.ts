/** The logins in a log: what was asked of an authorization server by redirect, and what came back by redirect. */
import type { ExchangeRecord } from '../capture/records.ts';
import { parametersOf } from './parameters.ts';

/** Of requests, and of responses, kept; the latest. A tab logs in a few times a day, a hostile page as often as it likes. */
export const MAX_LOGINS = 1_000;
/** Of an address that is looked at; servers take 16 KB at most, and fragments hold tokens. */
const MAX_ADDRESS = 131_072;

/** An authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1). */
export interface LoginRequest {
  readonly exchange: ExchangeRecord;
  readonly clientId: string;
  /** Where the answer is to go: the `redirect_uri` without query and fragment. */
  readonly target: string | undefined;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  /** What it asks stands in a request object (RFC 9101) or was pushed before (RFC 9126): its `nonce` may, too. */
  readonly sealed?: true;
}

/** An authorization response in an address: of a `Location`, or of the request that followed it. */
export interface LoginResponse {
  readonly exchange: ExchangeRecord;
  /** The address without query and fragment. */
  readonly target: string;
  readonly state: string | undefined;
  readonly code: string | undefined;
  readonly accessToken: string | undefined;
  readonly idToken: string | undefined;
}

/** Both in the order of the exchanges. */
export interface Logins {
  readonly requests: readonly LoginRequest[];
  readonly responses: readonly LoginResponse[];
}

/** The first value of a parameter; an empty one is as good as none. */
const parameterOf = (parameters: URLSearchParams, name: string): string | undefined =>
  parameters.get(name) || undefined;

/** An address, maybe relative, without query and fragment. */
const targetOf = (address: string, base?: string): string => {
  const target = URL.canParse(address, base) ? new URL(address, base).href : address;
  return target.replace(/[?#].*$/s, '');
};

const requestOf = (exchange: ExchangeRecord): LoginRequest | undefined => {
  // The query alone, and one name first: most addresses are no such request.
  const [address = ''] = exchange.url.split('#', 1);
  if (address.length > MAX_ADDRESS || !/[?&]response_type=/.test(address)) return undefined;
  const parameters = parametersOf(address);
  const clientId = parameterOf(parameters, 'client_id');
  if (clientId === undefined) return undefined;
  const redirectUri = parameterOf(parameters, 'redirect_uri');
  const sealed = parameters.has('request') || parameters.has('request_uri');
  return {
    exchange,
    clientId,
    target: redirectUri && targetOf(redirectUri),
    state: parameterOf(parameters, 'state'),
    nonce: parameterOf(parameters, 'nonce'),
    ...(sealed && { sealed }),
  };
};

const responseOf = (exchange: ExchangeRecord, address: string): LoginResponse | undefined => {
  if (address.length > MAX_ADDRESS || !/[?&#](?:code|access_token|id_token)=/.test(address)) return undefined;
  const parameters = parametersOf(address);
  return {
    exchange,
    target: targetOf(address, exchange.url),
    state: parameterOf(parameters, 'state'),
    code: parameterOf(parameters, 'code'),
    accessToken: parameterOf(parameters, 'access_token'),
    idToken: parameterOf(parameters, 'id_token'),
  };
};

/**
 * Finds the authorization requests in the URLs of a log, and the responses in its URLs and `Location`s, MAX_LOGINS of each
 * at most. A response that was sent on by redirect is there twice. Linear in the log; never throws.
 */
export const loginsIn = (exchanges: Iterable<ExchangeRecord>): Logins => {
  const requests: LoginRequest[] = [];
  const responses: LoginResponse[] = [];
  for (const exchange of exchanges) {
    const request = requestOf(exchange);
    if (request) requests.push(request);
    for (const address of [exchange.url, exchange.location ?? '']) {
      const response = responseOf(exchange, address);
      if (response) responses.push(response);
    }
  }
  return { requests: requests.slice(-MAX_LOGINS), responses: responses.slice(-MAX_LOGINS) };
};
