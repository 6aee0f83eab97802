/** Every vector of `../shared/vectors`, each by the runner of its kind. */
import { dpopVectors } from './dpop.ts';
import { jweVectors } from './jwe.ts';
import { jwkVectors } from './jwk.ts';
import { jwsVectors } from './jws.ts';
import { oidcVectors } from './oidc.ts';
import type { Outcome, Runner, VectorFile } from './outcome.ts';
import { sdJwtVectors } from './sd-jwt.ts';

/** By path. The nesting of section 6 is for two of them. */
const RUNNERS: readonly (readonly [RegExp, Runner])[] = [
  [/^cookbook\/jwk\//, jwkVectors],
  [/^cookbook\/(?:jws\/|rfc7797\/|curve25519\/jws\.json|6\.nesting)/, jwsVectors],
  [/^cookbook\/(?:jwe\/|curve25519\/ecdh-es\.json|6\.nesting)/, jweVectors],
  [/^spec-examples\/rfc7516-7519-jwe\.json$/, jweVectors],
  [/^wycheproof-jwe\//, jweVectors],
  [/^spec-examples\/dpop-rfc9449\.json$/, dpopVectors],
  [/^spec-examples\/oidc-core-A\.json$/, oidcVectors],
  [/^spec-examples\/sd-jwt-compact\.json$/, sdJwtVectors],
];

const runFile = async (file: VectorFile, runner: Runner): Promise<readonly Outcome[]> => {
  try {
    const outcomes = await runner(file);
    return outcomes.length > 0 ? outcomes : [{ name: 'the file', ok: false, got: 'no vector in it' }];
  } catch (error) {
    return [{ name: 'the file', ok: false, got: String(error) }];
  }
};

/**
 * Runs them one after the other. Each outcome's name begins with the path of its file; a file that nothing here reads, or
 * in which nothing is found, is an outcome too, which is not ok. Never rejects.
 */
export const runVectors = async (files: readonly VectorFile[]): Promise<readonly Outcome[]> => {
  const all: Outcome[] = [];
  for (const file of files) {
    const runners = RUNNERS.filter(([path]) => path.test(file.path));
    if (runners.length === 0) all.push({ name: `${file.path}: the file`, ok: false, got: 'no runner reads it' });
    for (const [, runner] of runners) {
      const outcomes = await runFile(file, runner);
      all.push(...outcomes.map((one) => ({ ...one, name: `${file.path}: ${one.name}` })));
    }
  }
  return all;
};
