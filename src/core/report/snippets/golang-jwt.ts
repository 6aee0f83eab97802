import type { SecretReading } from '../../trust/signature.ts';
import { COMMENTS, type Demands, gapsOf, setOf } from './demands.ts';
import { goText } from './literals.ts';

const SIZES = [256, 384, 512];
/** golang-jwt 5. It knows Ed25519 as EdDSA only. */
export const GOLANG_JWT_ALGORITHMS: ReadonlySet<string> = new Set([
  ...SIZES.flatMap((size) => [`HS${size}`, `RS${size}`, `PS${size}`, `ES${size}`]),
  'EdDSA',
]);

const SECRET = 'os.Getenv("JWT_SECRET")';
/** How the octets of the secret are had, and the packages for that. */
const SECRETS: Readonly<Record<SecretReading, { readonly decode: string; readonly from: readonly string[] }>> = {
  text: { decode: `[]byte(${SECRET})`, from: [] },
  base64: {
    decode: `base64.RawStdEncoding.DecodeString(strings.TrimRight(${SECRET}, "="))`,
    from: ['encoding/base64', 'strings'],
  },
  base64url: {
    decode: `base64.RawURLEncoding.DecodeString(strings.TrimRight(${SECRET}, "="))`,
    from: ['encoding/base64', 'strings'],
  },
  hex: { decode: `hex.DecodeString(${SECRET})`, from: ['encoding/hex'] },
};

const parserOf = (alg: string): string =>
  alg === 'EdDSA'
    ? 'ParseEdPublicKeyFromPEM'
    : alg.startsWith('ES')
      ? 'ParseECPublicKeyFromPEM'
      : 'ParseRSAPublicKeyFromPEM';

const FAIL = ['\tif err != nil {', '\t\tlog.Fatal(err)', '\t}'];
const KEY_FUNCTION = ['\tkeys := func(*jwt.Token) (any, error) {', '\t\treturn key, nil', '\t}'];

/** Lines of main that make `keys`, a jwt.Keyfunc. */
const keyLines = (demands: Demands): readonly string[] => {
  const { alg, key } = demands;
  const set = setOf(demands);
  if (set) {
    return [
      `\t// ${set.comment} They are fetched again as they age.`,
      `\tset, err := keyfunc.NewDefault([]string{${goText(set.url)}})`,
      ...FAIL,
      '\tkeys := set.Keyfunc',
    ];
  }
  if (key.kind === 'secret') {
    const { decode } = SECRETS[key.reading];
    return [
      `\t// ${COMMENTS.secret}`,
      ...(key.reading === 'text' ? [`\tkey := ${decode}`] : [`\tkey, err := ${decode}`, ...FAIL]),
      // The library takes an empty one, too.
      '\tif len(key) == 0 {',
      '\t\tlog.Fatal("JWT_SECRET is empty")',
      '\t}',
      ...KEY_FUNCTION,
    ];
  }
  return [`\tkey, err := jwt.${parserOf(alg)}([]byte(publicKey))`, ...FAIL, ...KEY_FUNCTION];
};

const importsOf = (demands: Demands, argument: string): readonly string[] => {
  const { key, typ } = demands;
  const own = [
    ...(key.kind === 'secret' ? SECRETS[key.reading].from : []),
    ...(typ === undefined ? [] : ['errors']),
    // An import that nothing needs is an error.
    ...(key.kind === 'secret' || argument.startsWith('os.') ? ['os'] : []),
    ...['fmt', 'log', 'time'],
  ];
  const others = [...(setOf(demands) ? ['github.com/MicahParks/keyfunc/v3'] : []), 'github.com/golang-jwt/jwt/v5'];
  // In the order that gofmt keeps.
  return [...own.toSorted(), '', ...others].map((path) => (path === '' ? '' : `\t"${path}"`));
};

/** golang-jwt 5 and keyfunc 3 (their READMEs and option docs), Go. `argument` is the expression of the token. */
export const golangJwtSnippet = (demands: Demands, argument: string): string => {
  const { alg, issuer, audiences, typ, expires, key } = demands;
  return [
    `// go get github.com/golang-jwt/jwt/v5${setOf(demands) ? ' github.com/MicahParks/keyfunc/v3' : ''}`,
    'package main',
    '',
    'import (',
    ...importsOf(demands, argument),
    ')',
    '',
    ...(key.kind === 'public' ? [`// ${COMMENTS.public}`, `const publicKey = \`${key.pem}\``, ''] : []),
    'func verify(token string, keys jwt.Keyfunc) (jwt.MapClaims, error) {',
    '\tclaims := jwt.MapClaims{}',
    `\t${typ === undefined ? '_' : 'parsed'}, err := jwt.ParseWithClaims(token, claims, keys,`,
    `\t\t// ${COMMENTS.alg}`,
    `\t\tjwt.WithValidMethods([]string{${goText(alg)}}),`,
    ...gapsOf(demands).map((gap) => `\t\t// ${gap}`),
    ...(issuer === undefined ? [] : [`\t\tjwt.WithIssuer(${goText(issuer)}),`]),
    ...(audiences.length > 1 ? [`\t\t// ${COMMENTS.audience} (Several need v5.3.)`] : []),
    ...(audiences.length > 0 ? [`\t\tjwt.WithAudience(${audiences.map(goText).join(', ')}),`] : []),
    ...(expires ? ['\t\tjwt.WithExpirationRequired(),'] : []),
    `\t\t// ${COMMENTS.leeway}`,
    '\t\tjwt.WithLeeway(0*time.Second),',
    '\t)',
    '\tif err != nil {',
    '\t\treturn nil, err',
    '\t}',
    ...(typ === undefined
      ? []
      : [
          `\tif parsed.Header["typ"] != ${goText(typ)} {`,
          '\t\treturn nil, errors.New("not the type of token")',
          '\t}',
        ]),
    '\treturn claims, nil',
    '}',
    '',
    'func main() {',
    ...keyLines(demands),
    `\tclaims, err := verify(${argument}, keys)`,
    ...FAIL,
    '\tfmt.Println(claims)',
    '}',
    '',
  ].join('\n');
};
