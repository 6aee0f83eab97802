import type { SecretReading } from '../../trust/signature.ts';
import { COMMENTS, type Demands, gapsOf, setOf } from './demands.ts';
import { pythonText } from './literals.ts';

const SIZES = [256, 384, 512];
/** PyJWT 2 with cryptography. It knows Ed25519 and Ed448 as EdDSA only. */
export const PYJWT_ALGORITHMS: ReadonlySet<string> = new Set([
  ...SIZES.flatMap((size) => [`HS${size}`, `RS${size}`, `PS${size}`, `ES${size}`]),
  ...['ES256K', 'EdDSA'],
]);

const SECRETS: Readonly<Record<SecretReading, string>> = {
  text: 'os.environ["JWT_SECRET"].encode()',
  base64: 'base64.b64decode(os.environ["JWT_SECRET"].rstrip("=") + "==")',
  base64url: 'base64.urlsafe_b64decode(os.environ["JWT_SECRET"].rstrip("=") + "==")',
  hex: 'bytes.fromhex(os.environ["JWT_SECRET"])',
};

const keyLines = (demands: Demands): readonly string[] => {
  const { key } = demands;
  const set = setOf(demands);
  if (set) return [`# ${set.comment}`, `KEYS = jwt.PyJWKClient(${pythonText(set.url)})`];
  if (key.kind === 'secret') {
    return [
      `# ${COMMENTS.secret}`,
      `KEY = ${SECRETS[key.reading]}`,
      'if not KEY:',
      '    raise SystemExit("JWT_SECRET is empty")',
    ];
  }
  return [`# ${COMMENTS.public}`, `KEY = """${key.kind === 'public' ? key.pem : ''}"""`];
};

/** A token that names no key has the first of the set, which `get_signing_keys` does not give where it has no name either. */
const keyExpression = (demands: Demands): string => {
  if (!setOf(demands)) return 'KEY';
  return demands.hasKid ? 'KEYS.get_signing_key_from_jwt(token).key' : 'KEYS.get_jwk_set().keys[0].key';
};

/** PyJWT ≥ 2.10 refuses a `sub` and a `jti` that are no text, and any of them an `aud` that it was told nothing of. */
const optionLines = ({ expires, odd }: Demands): readonly string[] => {
  const options = [
    ...(expires ? ['"require": ["exp"]'] : []),
    ...odd.map((name) => `${pythonText(`verify_${name}`)}: False`),
  ];
  if (options.length === 0) return [];
  return [
    ...(odd.length > 0
      ? ['        # The library wants text in these claims; the token has something else there.']
      : []),
    `        options={${options.join(', ')}},`,
  ];
};

const importsOf = ({ key }: Demands, argument: string): readonly string[] => {
  const reading = key.kind === 'secret' ? key.reading : undefined;
  return [
    ...(reading === 'base64' || reading === 'base64url' ? ['import base64'] : []),
    ...(reading === undefined ? [] : ['import os']),
    ...(argument.startsWith('sys.') ? ['import sys'] : []),
  ];
};

/** PyJWT 2 (docs of `jwt.decode` and `PyJWKClient`), Python. `argument` is the expression of the token. */
export const pyjwtSnippet = (demands: Demands, argument: string): string => {
  const { alg, issuer, audiences, typ } = demands;
  return [
    '# pip install "pyjwt[crypto]"',
    ...importsOf(demands, argument),
    'import jwt',
    '',
    ...keyLines(demands),
    '',
    '',
    'def verify(token):',
    '    claims = jwt.decode(',
    '        token,',
    `        ${keyExpression(demands)},`,
    `        # ${COMMENTS.alg}`,
    `        algorithms=[${pythonText(alg)}],`,
    ...gapsOf(demands).map((gap) => `        # ${gap}`),
    ...(issuer === undefined ? [] : [`        issuer=${pythonText(issuer)},`]),
    ...(audiences.length > 1 ? [`        # ${COMMENTS.audience}`] : []),
    ...(audiences.length > 0 ? [`        audience=[${audiences.map(pythonText).join(', ')}],`] : []),
    ...optionLines(demands),
    `        # ${COMMENTS.leeway}`,
    '        leeway=0,',
    '    )',
    ...(typ === undefined
      ? []
      : [
          '    # The signature holds, and so does the header.',
          `    if jwt.get_unverified_header(token).get("typ") != ${pythonText(typ)}:`,
          '        raise jwt.InvalidTokenError("not the type of token")',
        ]),
    '    return claims',
    '',
    '',
    'if __name__ == "__main__":',
    `    print(verify(${argument}))`,
    '',
  ].join('\n');
};
