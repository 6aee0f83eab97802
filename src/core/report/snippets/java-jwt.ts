import type { SecretReading } from '../../trust/signature.ts';
import { COMMENTS, type Demands, gapsOf, setOf } from './demands.ts';
import { javaText } from './literals.ts';

const SIZES = [256, 384, 512];
/** java-jwt 4; PS of 4.6. */
export const JAVA_JWT_ALGORITHMS: ReadonlySet<string> = new Set(
  SIZES.flatMap((size) => [`HS${size}`, `RS${size}`, `PS${size}`, `ES${size}`]),
);

/** What the library calls an algorithm of that size, and the key that it takes. */
interface Family {
  readonly nameOf: (size: string) => string;
  readonly key: string;
  readonly factory: string;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  HS: { nameOf: (size) => `HMAC${size}`, key: 'byte[]', factory: '' },
  RS: { nameOf: (size) => `RSA${size}`, key: 'RSAPublicKey', factory: 'RSA' },
  PS: { nameOf: (size) => `RSA${size}PSS`, key: 'RSAPublicKey', factory: 'RSA' },
  ES: { nameOf: (size) => `ECDSA${size}`, key: 'ECPublicKey', factory: 'EC' },
};

const SECRETS: Readonly<Record<SecretReading, string>> = {
  text: 'secret.getBytes(StandardCharsets.UTF_8)',
  base64: 'Base64.getDecoder().decode(secret)',
  base64url: 'Base64.getUrlDecoder().decode(secret)',
  hex: 'HexFormat.of().parseHex(secret)',
};

/** Base64 of a PEM, without its first and last line. */
const bodyOf = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');

const familyOf = ({ alg }: Demands) => FAMILIES[alg.slice(0, 2)] ?? { nameOf: () => '', key: '', factory: '' };

const imports = (demands: Demands): readonly string[] => {
  const { key, typ } = demands;
  const isSet = setOf(demands) !== undefined;
  const reading = key.kind === 'secret' ? key.reading : undefined;
  const isBase64 = key.kind === 'public' || reading === 'base64' || reading === 'base64url';
  return [
    ...(isSet ? ['com.auth0.jwk.JwkProvider', 'com.auth0.jwk.JwkProviderBuilder'] : []),
    ...['com.auth0.jwt.JWT', 'com.auth0.jwt.algorithms.Algorithm'],
    ...(typ === undefined ? [] : ['com.auth0.jwt.exceptions.JWTVerificationException']),
    'com.auth0.jwt.interfaces.DecodedJWT',
    ...(isSet ? ['java.net.URI'] : []),
    ...(reading === 'text' ? ['java.nio.charset.StandardCharsets'] : []),
    ...(key.kind === 'public' ? ['java.security.KeyFactory'] : []),
    ...(reading === undefined ? [`java.security.interfaces.${familyOf(demands).key}`] : []),
    ...(key.kind === 'public' ? ['java.security.spec.X509EncodedKeySpec'] : []),
    ...(isBase64 ? ['java.util.Base64'] : []),
    ...(reading === 'hex' ? ['java.util.HexFormat'] : []),
  ].map((name) => `import ${name};`);
};

/** A method that gives the key for a token. */
const keyMethod = (demands: Demands): readonly string[] => {
  const { key } = demands;
  const { key: type, factory } = familyOf(demands);
  const set = setOf(demands);
  if (set) {
    return [
      `  // ${set.comment} The provider keeps them for a while.`,
      `  private static final String KEY_SET = ${javaText(set.url)};`,
      '  private final JwkProvider keys;',
      '',
      '  VerifyToken() throws Exception {',
      '    keys = new JwkProviderBuilder(URI.create(KEY_SET).toURL()).build();',
      '  }',
      '',
      `  private ${type} keyOf(String token) throws Exception {`,
      `    return (${type}) keys.get(JWT.decode(token).getKeyId()).getPublicKey();`,
      '  }',
    ];
  }
  if (key.kind === 'secret') {
    return [
      `  // ${COMMENTS.secret}`,
      `  private ${type} keyOf(String token) {`,
      '    String secret = System.getenv("JWT_SECRET");',
      '    if (secret == null || secret.isEmpty()) throw new IllegalStateException("JWT_SECRET is not set");',
      `    return ${SECRETS[key.reading]};`,
      '  }',
    ];
  }
  return [
    `  // ${COMMENTS.public}`,
    '  private static final String KEY =',
    ...(bodyOf(key.kind === 'public' ? key.pem : '').match(/.{1,64}/g) ?? ['']).map(
      (line, index, lines) => `      ${index > 0 ? '+ ' : ''}${javaText(line)}${index === lines.length - 1 ? ';' : ''}`,
    ),
    '',
    `  private ${type} keyOf(String token) throws Exception {`,
    '    X509EncodedKeySpec spec = new X509EncodedKeySpec(Base64.getDecoder().decode(KEY));',
    `    return (${type}) KeyFactory.getInstance("${factory}").generatePublic(spec);`,
    '  }',
  ];
};

/** java-jwt 4 and jwks-rsa (auth0, READMEs and EXAMPLES), Java 17. `argument` is the expression of the token. */
export const javaJwtSnippet = (demands: Demands, argument: string): string => {
  const { alg, issuer, audiences, typ, expires, key } = demands;
  const name = familyOf(demands).nameOf(alg.slice(2));
  const more = setOf(demands) ? ' and com.auth0:jwks-rsa' : '';
  return [
    `// Maven or Gradle: com.auth0:java-jwt${more}`,
    ...(alg.startsWith('PS') ? ['// PS256, PS384 and PS512 need version 4.6 or newer.'] : []),
    ...imports(demands),
    '',
    'class VerifyToken {',
    ...keyMethod(demands),
    '',
    '  DecodedJWT verify(String token) throws Exception {',
    `    // ${COMMENTS.alg}`,
    `    Algorithm algorithm = Algorithm.${name}(keyOf(token)${key.kind === 'secret' ? '' : ', null'});`,
    '    DecodedJWT jwt = JWT.require(algorithm)',
    ...gapsOf(demands).map((gap) => `        // ${gap}`),
    ...(issuer === undefined ? [] : [`        .withIssuer(${javaText(issuer)})`]),
    ...(audiences.length > 1 ? [`        // ${COMMENTS.audience}`] : []),
    ...(audiences.length > 0 ? [`        .withAnyOfAudience(${audiences.map(javaText).join(', ')})`] : []),
    ...(expires ? ['        .withClaimPresence("exp")'] : []),
    `        // ${COMMENTS.leeway}`,
    '        .acceptLeeway(0)',
    '        .build()',
    '        .verify(token);',
    ...(typ === undefined
      ? []
      : [
          `    if (!${javaText(typ)}.equals(jwt.getType())) {`,
          '      throw new JWTVerificationException("not the type of token");',
          '    }',
        ]),
    '    return jwt;',
    '  }',
    '',
    '  public static void main(String[] args) throws Exception {',
    `    System.out.println(new VerifyToken().verify(${argument}).getClaims());`,
    '  }',
    '}',
    '',
  ].join('\n');
};
