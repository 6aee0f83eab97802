/** Secrets that are known by their shape alone, whatever they are called. */

import { isTakenOut } from './mask.ts';

/** Something shaped like a compact token that was not captured: three parts, and the base64url of `{"`, `{ `, `{` + line end or `{}`. */
export const TOKEN_SHAPE = /(?<![\w-])(?:eyJ|eyA|ewo|ew0|e30)[\w-]*\.[\w-]*\.[\w.-]*/g;

/** As often as an address stands in another, encoded each time. */
const LAYERS = [0, 1, 2, 3];
/** What ends the host of an address that is percent-encoded so often (RFC 3986 section 3.2): what ends the ones around it too. */
const userinfo = (layer: number): string => {
  const percent = `%${'25'.repeat(layer)}`;
  const around = LAYERS.slice(0, layer).map((outer) => `%${'25'.repeat(outer)}26`);
  const ends = [`${percent}(?:2F|3F|23)`, ...around].join('|');
  return `(?<=${percent}(?:3A|3D)(?:${percent}2F){2})(?:(?!${ends})[^/?#&\\s"])+(?=@|${percent}40)`;
};
/** What stands before the last `@` of an authority: in a URL, in JSON that escapes its slashes, or percent-encoded in another. */
const USERINFO = new RegExp(
  [String.raw`(?<=(?:^|[:=])\\{0,9}\/\\{0,9}\/)[^/?#\s"]+(?=@|%40)`, ...LAYERS.map(userinfo)].join('|'),
  'gi',
);

/** Beginnings of keys that go on at random: HashiCorp Vault, DigitalOcean, Linear, Notion, PyPI, Postman, Hugging Face … */
const MAKERS = [
  'hv[sb]\\.|do[opr]_v1_|lin_api_|ntn_|pypi-|PMAK-|hf_|ATATT3|ATCTT3|figd_|gls[ac]_|glc_|sq0[a-z]{3}-|NRAK-|sntry[su]_|HRKU-',
  'nfp_|sbp_|pscale_\\w{2,8}_|xapp-\\d-|gsk_|xai-|pplx-|r8_|rubygems_|CFPAT-|xkeysib-|v[1-4]\\.local\\.|Fe26\\.2\\*|shippo_|access-(?:sandbox|development|production)-',
  'gAAAAA|EAA[A-Z]{1,2}(?=\\w{40})|LTAI(?=\\w{12})|dapi(?=[0-9a-f]{32})|dt0[a-z]\\d\\d\\.|1//0|4/0A|s(?:k|ecret)\\.(?=ey)|pat(?=\\w{14}\\.)',
];
/**
 * Keys that their makers gave a shape so that scanners find them (GitHub, "Supported secret scanning patterns"): AWS,
 * GitHub, GitLab, Google, npm, OpenAI and Anthropic, SendGrid, Shopify, Slack (also its webhooks), Stripe, Telegram;
 * and the sessions that ASP.NET has in paths.
 */
const KEY = new RegExp(
  `(?<=/bot)\\d{6,12}:[\\w-]{30,64}|(?<=/\\((?:[AF]\\([\\w-]{0,400}\\))?S\\()[\\w-]{20,64}(?=\\))|(?<![A-Za-z0-9])(?:${[
    '(?:AKIA|ASIA)[A-Z0-9]{16}',
    'gh[oprsu]_[A-Za-z0-9]{36,255}',
    'github_pat_\\w{36,255}',
    'gl(?:pat|dt|rt|cbt|ptt)-[\\w-]{20,255}',
    'AIza[\\w-]{35}',
    'ya29\\.[\\w-]{20,1000}',
    'GOCSPX-[\\w-]{28}',
    'npm_[A-Za-z0-9]{36}',
    'sk-(?:ant-|proj-)?[\\w-]{32,255}',
    'SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}',
    'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
    'xox[abeprs]-[\\w-]{10,255}',
    '(?<=hooks\\.slack\\.com/services/)[\\w/]{20,255}',
    '(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,255}',
    '(?:pi|seti|cs)_\\w{10,64}_secret_\\w{16,255}',
    '\\w{14}\\.atlasv1\\.[\\w-]{20,255}',
    '\\w{3}8Q~[\\w.~-]{30,40}',
    '[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}',
    'BAh[\\w+/=%]{20,4096}--[0-9a-f]{40,64}',
    `(?:${MAKERS.join('|')})[\\w.*~+/=-]{16,1024}`,
  ].join('|')})`,
  'g',
);

/** A private key as text (RFC 7468), to its end, wherever that is; its line breaks may be escaped. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g;

/** What a password was made to be kept: crypt's (`$2b$…`, PHC string format), Django's, LDAP's (RFC 2307). */
const PASSWORD_HASH =
  /\$(?:2[abxy]?|argon2(?:id?|d)|[156y]|scrypt|pbkdf2[\w-]{0,20})\$[\w./+=,$-]{20,512}|\b(?:pbkdf2|bcrypt|argon2)\w{0,20}\$[\w./+=,$-]{20,512}|\{(?:S?SHA\d{0,3}|S?MD5|CRYPT)\}[\w+/=]{20,512}/gi;

/** A part of a path behind one that says what it is: `/reset-password/8f3a…`. */
const IN_PATH = /(?<=\/([\w-]{1,40})\/)[\w~-]{16,}(?![\w.~-])/g;
const OPENS = /token|secret|passw|reset|verify|confirm|invit|magic|session|api-?key/i;
/** Not `user-agreement-2`, nor the name of a file. */
const DRAWN = /\d\D*\d\D*\d|[a-z][A-Z]/;

/** A scheme and its credentials (RFC 9110 section 11.4) in a sentence or a parameter; `token` alone is a word of sentences. */
const AUTHORIZATION =
  /\b((?:[Bb]earer|[Bb]asic|D[Pp]o[Pp]|Negotiate|NTLM|Token|ApiKey)(?:[ \t+]|%20)+)([\w.~+/-]{12,}=*)(?![\w="])/g;
/** A name and a password in base64 may be shorter (RFC 7617 section 2). */
const BASIC = /\b(Basic(?:[ \t+]|%20)+)([\w+/-]{4,1000})(?:=|%3D){0,2}(?![\w=])/gi;
const hasPassword = (base64: string): boolean => {
  const usable = base64.length % 4 === 1 ? base64.slice(0, -1) : base64;
  return /^[ -~]+:[ -~]*$/.test(atob(usable.replaceAll('-', '+').replaceAll('_', '/')));
};
/** Words are not: `Bearer authentication`, `/sk-some-words`. */
const RANDOM = /\d|[a-z][A-Z]/;

/** The text without credentials that are known by their shape. Linear; never throws. */
export const withoutShapedSecrets = (text: string, mask: () => string): string =>
  text
    .replace(USERINFO, mask)
    .replace(PRIVATE_KEY, mask)
    .replace(PASSWORD_HASH, mask)
    .replace(KEY, (key) => (RANDOM.test(key) ? mask() : key))
    .replace(IN_PATH, (part, before: string) => (OPENS.test(before) && DRAWN.test(part) ? mask() : part))
    .replace(BASIC, (all, scheme: string, credentials: string) => (hasPassword(credentials) ? scheme + mask() : all))
    .replace(AUTHORIZATION, (all, scheme: string, credentials: string) =>
      RANDOM.test(credentials) && !isTakenOut(credentials) ? scheme + mask() : all,
    );
