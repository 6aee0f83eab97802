/** What a server says of the token in its challenges: the parameters of RFC 6750, 9449, 9470, and Entra ID's claims challenge. */
import { type Challenge, parseChallenges } from './challenge.ts';

export interface ServerWords {
  readonly challenges: readonly Challenge[];
  /** `error` of the first challenge that has one (RFC 6750 section 3.1, RFC 9449 section 7.1, RFC 9470 section 3). */
  readonly error?: string;
  /** `error_description` of the same, meant for developers. */
  readonly description?: string;
  /** What the resource asks for: scopes, separated by spaces (RFC 6750 section 3). */
  readonly scope: readonly string[];
  /** RFC 9470 section 3: authentication classes any of which will do, and the greatest age of the login in seconds. */
  readonly acr?: string;
  readonly maxAge?: number;
  /** Entra ID's claims challenge: what the next token is to be asked for. */
  readonly claims?: string;
}

const SPACES = /[ \t]+/;

const wordsOf = (list: string): readonly string[] => list.split(SPACES).filter((word) => word !== '');

/** Reads the challenges of a response. The one with an `error` speaks; where none has one, the first with a scope. Never throws. */
export const serverWords = (values: readonly string[] = []): ServerWords => {
  const challenges = parseChallenges(values);
  const has = (name: string) => (challenge: Challenge) => (challenge.parameters.get(name) ?? '') !== '';
  const speaking = challenges.find(has('error')) ?? challenges.find(has('error_description'));
  const of = (name: string): string | undefined => speaking?.parameters.get(name) || undefined;
  const [error, description, acr, claims] = [of('error'), of('error_description'), of('acr_values'), of('claims')];
  const age = of('max_age');
  const scope = of('scope') ?? (speaking ? '' : challenges.find(has('scope'))?.parameters.get('scope'));
  return {
    challenges,
    scope: wordsOf(scope ?? ''),
    ...(error && { error }),
    ...(description && { description }),
    ...(acr && { acr }),
    ...(age && /^\d{1,10}$/.test(age) && { maxAge: Number(age) }),
    ...(claims && { claims }),
  };
};
