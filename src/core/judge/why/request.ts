/** Requests without a token that could be judged. */
import type { SentToken, WhyInput } from '../diagnosis.ts';
import type { ServerWords } from '../server-words.ts';
import { evidence, type Finding, found, listed } from './look.ts';

/** `authorization Bearer`, or the header's name alone where the scheme is not known. */
const OPAQUE = /^(?:proxy-)?authorization (.+)$/;

const isCookie = ({ place }: SentToken): boolean => place.kind === 'cookie';

/** RFC 6750 section 3: without `error` a challenge answers a request that had no authentication at all. */
const asksForBearer = ({ challenges, error, description }: ServerWords): boolean =>
  error === undefined &&
  description === undefined &&
  challenges.some(({ scheme }) => /^(?:bearer|dpop)$/i.test(scheme));

/** No token, an opaque one, or none where the server looks for it; undefined where there is one to judge. */
export const lookAtRequest = (input: WhyInput, words: ServerWords): Finding | undefined => {
  const { exchange, sent, judged } = input;
  const opaque = exchange.opaque ?? [];
  if (judged.length === 0 && opaque.length > 0) {
    const [, scheme] = opaque.map((one) => OPAQUE.exec(one)).find((match) => match) ?? [];
    return scheme === undefined ? found('opaque', 'opaque_plain') : found('opaque', 'opaque', [listed([scheme])]);
  }
  if (sent.length === 0) return found('no_token', exchange.method === 'OPTIONS' ? 'no_token_preflight' : 'no_token');
  if (judged.length > 0 && opaque.length === 0 && sent.every(isCookie) && asksForBearer(words)) {
    const names = listed(sent.map(({ place }) => place.name));
    return found('no_token', 'no_token_bearer', [], [evidence('only_cookies', names)]);
  }
  return undefined;
};
