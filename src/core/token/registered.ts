/** The registered names, in the order of their documents: the most common first. */
import { CLAIMS, HEADER_PARAMETERS } from './glossary-names.ts';

const namesOf = (table: string): readonly string[] => [
  ...new Set(
    table
      .trim()
      .split('\n')
      .flatMap((line) => (line.split('|').at(-1) ?? '').split(' ')),
  ),
];

/** Claims: IANA registry of JWT, and those of the documents around it; `explainClaim` explains each. */
export const REGISTERED_CLAIMS: readonly string[] = namesOf(CLAIMS);

/** Header parameters: IANA registry of JOSE, and what gateways add; `explainHeader` explains each. */
export const REGISTERED_HEADER_PARAMETERS: readonly string[] = namesOf(HEADER_PARAMETERS);
