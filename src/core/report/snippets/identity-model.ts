import type { SecretReading } from '../../trust/signature.ts';
import { COMMENTS, type Demands, gapsOf, setOf } from './demands.ts';
import { sharpText } from './literals.ts';

const SIZES = [256, 384, 512];
/** System.IdentityModel.Tokens.Jwt 8; ML-DSA of 8.19. */
export const IDENTITY_MODEL_ALGORITHMS: ReadonlySet<string> = new Set([
  ...SIZES.flatMap((size) => [`HS${size}`, `RS${size}`, `PS${size}`, `ES${size}`]),
  ...['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'],
]);

/** `Convert.FromBase64String` wants the padding; the library's decoder takes it or not, and either alphabet. */
const SECRETS: Readonly<Record<SecretReading, string>> = {
  text: 'System.Text.Encoding.UTF8.GetBytes(secret)',
  base64: 'Base64UrlEncoder.DecodeBytes(secret)',
  base64url: 'Base64UrlEncoder.DecodeBytes(secret)',
  hex: 'Convert.FromHexString(secret)',
};

const isPostQuantum = (alg: string): boolean => alg.startsWith('ML-DSA');

/** Lines that make `keys`. */
const keyLines = (demands: Demands): readonly string[] => {
  const { alg, key } = demands;
  const set = setOf(demands);
  if (set) {
    // Versions that have ML-DSA already may leave its keys out of the signing ones (the library's issue 3534).
    const keys = isPostQuantum(alg) ? 'Keys' : 'GetSigningKeys()';
    return [
      `// ${set.comment} A ConfigurationManager would keep them for a while.`,
      'using var http = new HttpClient();',
      `var keys = new JsonWebKeySet(await http.GetStringAsync(${sharpText(set.url)})).${keys};`,
    ];
  }
  if (key.kind === 'secret') {
    return [
      `// ${COMMENTS.secret} The library takes none of fewer than ${Number(alg.slice(2)) / 8} bytes.`,
      'var secret = Environment.GetEnvironmentVariable("JWT_SECRET");',
      'if (string.IsNullOrEmpty(secret)) throw new InvalidOperationException("JWT_SECRET is not set");',
      `var keys = new SecurityKey[] { new SymmetricSecurityKey(${SECRETS[key.reading]}) };`,
    ];
  }
  const jwk = key.kind === 'public' ? JSON.stringify(key.jwk) : '';
  return [`// ${COMMENTS.public}`, `var keys = new SecurityKey[] { new JsonWebKey(${sharpText(jwk)}) };`];
};

const list = (texts: readonly string[]): string => `new[] { ${texts.map(sharpText).join(', ')} }`;

/**
 * System.IdentityModel.Tokens.Jwt 8 (Microsoft Learn, TokenValidationParameters), C#, a file of top-level statements.
 * `argument` is the expression of the token.
 */
export const identityModelSnippet = (demands: Demands, argument: string): string => {
  const { alg, issuer, audiences, typ, expires } = demands;
  return [
    '// dotnet add package System.IdentityModel.Tokens.Jwt',
    ...(isPostQuantum(alg) ? ['// ML-DSA needs version 8.19 or newer, and .NET 10.'] : []),
    'using System.IdentityModel.Tokens.Jwt;',
    'using Microsoft.IdentityModel.Tokens;',
    '',
    ...keyLines(demands),
    '',
    'var parameters = new TokenValidationParameters',
    '{',
    `    // ${COMMENTS.alg}`,
    `    ValidAlgorithms = ${list([alg])},`,
    '    IssuerSigningKeys = keys,',
    ...gapsOf(demands).map((gap) => `    // ${gap}`),
    ...(issuer === undefined ? ['    ValidateIssuer = false,'] : [`    ValidIssuer = ${sharpText(issuer)},`]),
    ...(audiences.length > 1 ? [`    // ${COMMENTS.audience}`] : []),
    ...(audiences.length > 0 ? [`    ValidAudiences = ${list(audiences)},`] : ['    ValidateAudience = false,']),
    ...(typ === undefined ? [] : [`    ValidTypes = ${list([typ])},`]),
    `    RequireExpirationTime = ${expires},`,
    `    // ${COMMENTS.leeway} (Otherwise it is five minutes.)`,
    '    ClockSkew = TimeSpan.Zero,',
    '};',
    '',
    '// The claims keep the names that they have in the token.',
    'var handler = new JwtSecurityTokenHandler { MapInboundClaims = false };',
    `handler.ValidateToken(${argument}, parameters, out var validated);`,
    'Console.WriteLine(validated);',
    '',
  ].join('\n');
};
