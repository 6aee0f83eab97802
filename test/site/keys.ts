import { exportJWK, generateKeyPair, type JWK } from 'jose';

interface Pair {
  readonly privateKey: JWK;
  readonly publicKey: JWK;
}

const makePair = async (alg: string, about: JWK): Promise<Pair> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    privateKey: { ...(await exportJWK(privateKey)), ...about },
    publicKey: { ...(await exportJWK(publicKey)), ...about },
  };
};

/** One signing key per algorithm: ID tokens are signed with RS256, access tokens with ES256. `generation` makes other `kid`s. */
export const makeSigningKeys = (generation: number): Promise<readonly Pair[]> =>
  Promise.all(
    ['RS256', 'ES256'].map((alg) => {
      const kid = `demo-${alg.toLowerCase()}${generation === 1 ? '' : `-${generation}`}`;
      return makePair(alg, { alg, use: 'sig', kid });
    }),
  );

/** The key that access tokens are encrypted for in the flow `sealed`; the API has its private half. */
export const SEALED = { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'demo-api' } as const;

export const makeSealingKey = (): Promise<Pair> =>
  makePair(SEALED.alg, { alg: SEALED.alg, use: 'enc', kid: SEALED.kid });
