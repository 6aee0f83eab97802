import { COMMENTS, type Demands, gapsOf, setOf } from './demands.ts';
import { scriptText } from './literals.ts';
import { nodeSecret } from './node-secret.ts';

const SIZES = [256, 384, 512];
/** jose 6. It has neither secp256k1 nor Ed448. */
export const JOSE_ALGORITHMS: ReadonlySet<string> = new Set([
  ...SIZES.flatMap((size) => [`HS${size}`, `RS${size}`, `PS${size}`, `ES${size}`]),
  ...['EdDSA', 'Ed25519', 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'],
]);

const keyLines = (demands: Demands): readonly string[] => {
  const { alg, key } = demands;
  const set = setOf(demands);
  if (set) return [`// ${set.comment}`, `const key = createRemoteJWKSet(new URL(${scriptText(set.url)}));`];
  if (key.kind === 'secret') return nodeSecret(key.reading);
  const members = key.kind === 'public' ? Object.entries(key.jwk) : [];
  const shown = members.map(([name, value]) => `  ${scriptText(name)}: ${scriptText(String(value))},`);
  return [`// ${COMMENTS.public}`, 'const key = await importJWK({', ...shown, `}, ${scriptText(alg)});`];
};

const importOf = (demands: Demands): string => {
  if (setOf(demands)) return 'createRemoteJWKSet, jwtVerify';
  return demands.key.kind === 'public' ? 'importJWK, jwtVerify' : 'jwtVerify';
};

/** jose 6 (panva/jose, docs of `jwtVerify`), JavaScript. `argument` is the expression of the token. */
export const joseSnippet = (demands: Demands, argument: string): string => {
  const { alg, issuer, audiences, typ, expires } = demands;
  return [
    '// npm install jose',
    ...(alg.startsWith('ML-DSA') ? ['// Needs a runtime whose WebCrypto has ML-DSA, as Node.js 24.7 has.'] : []),
    `import { ${importOf(demands)} } from "jose";`,
    '',
    ...keyLines(demands),
    '',
    'export async function verify(token) {',
    '  const { payload } = await jwtVerify(token, key, {',
    `    // ${COMMENTS.alg}`,
    `    algorithms: [${scriptText(alg)}],`,
    ...gapsOf(demands).map((gap) => `    // ${gap}`),
    ...(issuer === undefined ? [] : [`    issuer: ${scriptText(issuer)},`]),
    ...(audiences.length > 1 ? [`    // ${COMMENTS.audience}`] : []),
    ...(audiences.length > 0 ? [`    audience: [${audiences.map(scriptText).join(', ')}],`] : []),
    ...(typ === undefined ? [] : [`    typ: ${scriptText(typ)},`]),
    ...(expires ? ['    requiredClaims: ["exp"],'] : []),
    `    // ${COMMENTS.leeway}`,
    '    clockTolerance: 0,',
    '  });',
    '  return payload;',
    '}',
    '',
    `console.log(await verify(${argument}));`,
    '',
  ].join('\n');
};
