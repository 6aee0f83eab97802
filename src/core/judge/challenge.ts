/**
 * `WWW-Authenticate` by the grammar of RFC 9110 sections 11.2 and 11.6.1. A comma separates challenges and parameters alike,
 * so what follows one is a parameter if `=` comes next, and else the scheme of another challenge.
 */

/** Characters read of one value. A claims challenge of Entra ID has some 2,000; nobody reads on behind this. */
export const MAX_CHALLENGE = 16_384;
/** Challenges of one response, and parameters of one challenge: servers send a handful. */
export const MAX_CHALLENGES = 32;

/** How a value departs from the grammar. What could be read is there all the same. */
export type ChallengeProblemCode =
  | 'scheme_missing' // a parameter before any scheme
  | 'comma_missing' // parameters with nothing but white space between them, as AWS API Gateway and Kong send them
  | 'quote_open' // a quoted string that does not end
  | 'character' // what can stand here in no challenge; read on behind the next comma
  | 'parameter_twice' // the first one counts
  | 'too_long';

export interface ChallengeProblem {
  readonly code: ChallengeProblemCode;
  /** Index of the value, and the 0-based UTF-16 offset in it. */
  readonly value: number;
  readonly offset: number;
}

export interface Challenge {
  /** As written; '' where it is missing. */
  readonly scheme: string;
  /** RFC 9110 section 11.2, as of Negotiate and NTLM. */
  readonly token68?: string;
  /** Names in lower case; quotes and escapes undone. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The first of it. */
  readonly problem?: ChallengeProblem;
}

interface Draft {
  scheme: string;
  token68?: string;
  parameters: Map<string, string>;
  problem?: ChallengeProblem;
}

// Each is tried at one place only, and none can be left half-way and tried anew: linear.
const GAP = /[ \t,]*/y;
const SPACE = /[ \t]*/y;
const TOKEN = /[!#$%&'*+.^_`|~\w-]+/y;
const TOKEN68 = /[\w.~+/-]+=*(?=[ \t]*(?:,|$))/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)/sy;
const REST = /[^,]*/y;

/** A cursor over one value. */
const createReader = (text: string) => {
  let at = 0;
  return {
    take(pattern: RegExp): string | undefined {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) return undefined;
      at = pattern.lastIndex;
      return found[1] ?? found[0];
    },
    sees: (character: string): boolean => text[at] === character,
    at: () => at,
    back(offset: number) {
      at = offset;
    },
    skip() {
      at += 1;
    },
    ended: () => at >= text.length,
  };
};

type Reader = ReturnType<typeof createReader>;
type Blame = (code: ChallengeProblemCode, offset: number) => void;

/** The value of a parameter; undefined where there is none. */
const readValue = (reader: Reader, blame: Blame): string | undefined => {
  const start = reader.at();
  if (!reader.sees('"')) return reader.take(TOKEN);
  const quoted = reader.take(QUOTED) ?? '';
  if (reader.sees('"')) reader.skip();
  else blame('quote_open', start);
  return quoted.replace(/\\(.)/gs, '$1');
};

/**
 * Reads the values of `WWW-Authenticate` as sent, one or several headers. Broken ones give what could be read, with where
 * it breaks in the challenge concerned. Never throws; linear in the text, of which MAX_CHALLENGE of each value are read.
 */
export const parseChallenges = (values: readonly string[]): readonly Challenge[] => {
  const drafts: Draft[] = [];
  for (const [value, text] of values.entries()) {
    if (drafts.length >= MAX_CHALLENGES) break;
    drafts.push(...readOne(text, value));
  }
  return drafts.slice(0, MAX_CHALLENGES);
};

const readOne = (text: string, value: number): readonly Draft[] => {
  const reader = createReader(text.slice(0, MAX_CHALLENGE));
  const drafts: Draft[] = [];
  const begin = (scheme: string): Draft => {
    const draft: Draft = { scheme, parameters: new Map() };
    drafts.push(draft);
    return draft;
  };
  const blame: Blame = (code, offset) => {
    const draft = drafts.at(-1) ?? begin('');
    draft.problem ??= { code, value, offset };
  };

  for (let gap = reader.take(GAP); !reader.ended() && drafts.length <= MAX_CHALLENGES; gap = reader.take(GAP)) {
    const start = reader.at();
    const isApart = drafts.length === 0 || gap?.includes(',') === true || isBare(drafts.at(-1));
    const word = reader.take(TOKEN);
    const isParameter = word !== undefined && reader.take(EQUALS) !== undefined;
    // A scheme stands behind a comma; a stray word is what quotes inside of quotes leave behind.
    if (word === undefined || (!isParameter && !isApart)) {
      blame('character', start);
      reader.take(REST);
      continue;
    }
    if (!isParameter) {
      readScheme(begin(word), reader);
      continue;
    }
    if (drafts.length === 0) {
      begin('');
      blame('scheme_missing', start);
    } else if (!isApart) blame('comma_missing', start);
    readParameter(drafts.at(-1), word.toLowerCase(), start, reader, blame);
  }
  if (text.length > MAX_CHALLENGE) blame('too_long', MAX_CHALLENGE);
  return drafts;
};

/** White space alone stands between a scheme and its first parameter. */
const isBare = (draft: Draft | undefined): boolean => draft?.parameters.size === 0 && draft.token68 === undefined;

const readScheme = (draft: Draft, reader: Reader): void => {
  const end = reader.at();
  if (reader.take(SPACE) === '') return;
  const token68 = reader.take(TOKEN68);
  if (token68 === undefined) reader.back(end);
  else draft.token68 = token68;
};

const readParameter = (draft: Draft | undefined, name: string, start: number, reader: Reader, blame: Blame): void => {
  const from = reader.at();
  const found = readValue(reader, blame);
  if (found === undefined) blame('character', from);
  if (draft?.parameters.has(name)) blame('parameter_twice', start);
  else if (draft && draft.parameters.size < MAX_CHALLENGES) draft.parameters.set(name, found ?? '');
};
