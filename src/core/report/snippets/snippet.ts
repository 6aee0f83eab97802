/** Code that verifies one token, in the libraries that most servers use. */

import type { Decoded } from '../../token/decoded.ts';
import { curveOf, type Demands, demandsOf, type KeySource, type Lack } from './demands.ts';
import { GOLANG_JWT_ALGORITHMS, golangJwtSnippet } from './golang-jwt.ts';
import { IDENTITY_MODEL_ALGORITHMS, identityModelSnippet } from './identity-model.ts';
import { JAVA_JWT_ALGORITHMS, javaJwtSnippet } from './java-jwt.ts';
import { JOSE_ALGORITHMS, joseSnippet } from './jose.ts';
import { JSONWEBTOKEN_ALGORITHMS, jsonwebtokenSnippet } from './jsonwebtoken.ts';
import { goText, javaText, pythonText, scriptText, sharpText } from './literals.ts';
import { PYJWT_ALGORITHMS, pyjwtSnippet } from './pyjwt.ts';

export type Library = 'jose' | 'jsonwebtoken' | 'pyjwt' | 'java_jwt' | 'golang_jwt' | 'identity_model';

interface Written {
  /** What the library and its language are called. */
  readonly title: string;
  readonly algorithms: ReadonlySet<string>;
  /** Whether its EdDSA is that of Ed448, too (RFC 8037 section 3.1). */
  readonly hasEd448?: true;
  readonly write: (demands: Demands, argument: string) => string;
  readonly literal: (text: string) => string;
  /** The expression of the first argument of the program. */
  readonly argument: string;
}

const NODE = { literal: scriptText, argument: 'process.argv[2]' };

const LIBRARIES: Readonly<Record<Library, Written>> = {
  jose: { ...NODE, title: 'jose · JavaScript', algorithms: JOSE_ALGORITHMS, write: joseSnippet },
  jsonwebtoken: {
    ...NODE,
    title: 'jsonwebtoken · Node.js',
    algorithms: JSONWEBTOKEN_ALGORITHMS,
    write: jsonwebtokenSnippet,
  },
  pyjwt: {
    title: 'PyJWT · Python',
    algorithms: PYJWT_ALGORITHMS,
    hasEd448: true,
    write: pyjwtSnippet,
    literal: pythonText,
    argument: 'sys.argv[1]',
  },
  java_jwt: {
    title: 'java-jwt · Java',
    algorithms: JAVA_JWT_ALGORITHMS,
    write: javaJwtSnippet,
    literal: javaText,
    argument: 'args[0]',
  },
  golang_jwt: {
    title: 'golang-jwt · Go',
    algorithms: GOLANG_JWT_ALGORITHMS,
    write: golangJwtSnippet,
    literal: goText,
    argument: 'os.Args[1]',
  },
  identity_model: {
    title: 'System.IdentityModel · C#',
    algorithms: IDENTITY_MODEL_ALGORITHMS,
    write: identityModelSnippet,
    literal: sharpText,
    argument: 'args[0]',
  },
};

export const LIBRARY_CODES: readonly Library[] = [
  ...(['jose', 'jsonwebtoken', 'pyjwt', 'java_jwt', 'golang_jwt', 'identity_model'] as const),
];

export const libraryTitle = (library: Library): string => LIBRARIES[library].title;

export interface Snippet {
  /** A whole program. */
  readonly code: string;
  readonly key: KeySource['kind'];
}

/**
 * A program that verifies this token and those like it: its algorithm alone, its issuer, audiences and type, and its
 * expiry where it has one. It takes the token as its argument, or (`withToken`) holds it. Or why there can be none.
 * Claims of any value; never throws.
 */
export const snippetFor = (
  library: Library,
  decoded: Decoded,
  key: KeySource,
  withToken = false,
): Snippet | { readonly lack: Lack } => {
  const demands = demandsOf(decoded, key);
  if (typeof demands === 'string') return { lack: demands };
  const { algorithms, hasEd448, write, literal, argument } = LIBRARIES[library];
  if (!algorithms.has(demands.alg) || (curveOf(demands) === 'Ed448' && !hasEd448)) return { lack: 'algorithm' };
  return { code: write(demands, withToken ? literal(decoded.compact) : argument), key: demands.key.kind };
};
