import { COMMENTS, type Demands, gapsOf, setOf } from './demands.ts';
import { scriptText } from './literals.ts';
import { nodeSecret } from './node-secret.ts';

const SIZES = [256, 384, 512];
/** jsonwebtoken 9. */
export const JSONWEBTOKEN_ALGORITHMS: ReadonlySet<string> = new Set(
  SIZES.flatMap((size) => [`HS${size}`, `RS${size}`, `PS${size}`, `ES${size}`]),
);

/** The library fetches no keys; with what Node.js has it takes a few lines. */
const remote = ({ url, comment }: { readonly url: string; readonly comment: string }): readonly string[] => [
  `// ${comment} The package jwks-rsa would keep them for a while.`,
  `const keySet = ${scriptText(url)};`,
  '',
  'async function keyOf(token) {',
  '  const kid = jwt.decode(token, { complete: true })?.header.kid;',
  '  const response = await fetch(keySet);',
  '  if (!response.ok) throw new Error("the key set answers " + response.status);',
  '  const { keys } = await response.json();',
  '  const fitting = kid === undefined ? keys : keys.filter((key) => key.kid === kid);',
  '  if (fitting.length !== 1) throw new Error("there is not one key of this kid");',
  '  return createPublicKey({ key: fitting[0], format: "jwk" });',
  '}',
];

const keyLines = (demands: Demands): readonly string[] => {
  const { key } = demands;
  const set = setOf(demands);
  if (set) return remote(set);
  if (key.kind === 'secret') return nodeSecret(key.reading);
  return [`// ${COMMENTS.public}`, `const key = \`${key.kind === 'public' ? key.pem : ''}\`;`];
};

/** jsonwebtoken 9 (auth0/node-jsonwebtoken, README of `jwt.verify`), Node.js. `argument` is the expression of the token. */
export const jsonwebtokenSnippet = (demands: Demands, argument: string): string => {
  const { alg, issuer, audiences, typ, expires } = demands;
  const isRemote = setOf(demands) !== undefined;
  return [
    '// npm install jsonwebtoken',
    ...(isRemote ? ['import { createPublicKey } from "node:crypto";'] : []),
    'import jwt from "jsonwebtoken";',
    '',
    ...keyLines(demands),
    '',
    'export async function verify(token) {',
    `  const { ${typ === undefined ? 'payload' : 'header, payload'} } = jwt.verify(token, ${isRemote ? 'await keyOf(token)' : 'key'}, {`,
    `    // ${COMMENTS.alg}`,
    `    algorithms: [${scriptText(alg)}],`,
    ...gapsOf(demands).map((gap) => `    // ${gap}`),
    ...(issuer === undefined ? [] : [`    issuer: ${scriptText(issuer)},`]),
    ...(audiences.length > 1 ? [`    // ${COMMENTS.audience}`] : []),
    ...(audiences.length > 0 ? [`    audience: [${audiences.map(scriptText).join(', ')}],`] : []),
    `    // ${COMMENTS.leeway}`,
    '    clockTolerance: 0,',
    '    complete: true,',
    '  });',
    ...(typ === undefined
      ? []
      : [`  if (header.typ !== ${scriptText(typ)}) throw new Error("not the type of token");`]),
    ...(expires ? ['  if (payload.exp === undefined) throw new Error("never expires");'] : []),
    '  return payload;',
    '}',
    '',
    `console.log(await verify(${argument}));`,
    '',
  ].join('\n');
};
