/** What parameters, members and claims are called that hold what opens a door. */
import { plainText } from './plain-text.ts';
import { unescapeAll } from './unescape.ts';

/** Whose key, or which, and for what a code is: `api_key`, `apiKey`, `x-functions-key`; `pre-authorized_code`, `oobCode`. */
const KEYS =
  'api|app|auth|access|private|shared|account|client|consumer|subscription|encryption|signing|hmac|master|license|activation|reset|functions?';
const CODES =
  'device|user|auth|authori[sz](?:ation|ed)|verif(?:y|ication)|recovery|activation|confirm(?:ation)?|reset|login|invit(?:e|ation)|security|backup|scratch|grant|mfa|two[_-]?factor|t?otp|oob|sms|email|one[_-]?time|tx|pin';
/** Of the panel's languages and a few more; what is a word of others too stands among LAST. */
const LANGUAGES =
  'kennwort|geheimnis|mot_?de_?passe|contrase(?:n|ñ)a|wachtwoord|has[łl]o|salasana|пароль|パスワード|暗証番号|トークン|密[码碼]|口令|令牌|비밀번호';
/** Wherever they stand in a name. */
const PARTS = [
  'token|secret|pass[_-]?(?:word|phrase|code|key)|passw|p@ss|pwd|signature|assertion|credential|session|sess_?id|bearer|csrf|xsrf|macaroon',
  `(?:${KEYS})[_-]?key|(?:${CODES})[_-]?codes?|(?:seed|recovery|secret)[_-]?phrase|${LANGUAGES}`,
];
/** Its last word, before a number perhaps: `db_pass`, `smtpPass2`; parts of others: `bypass`. */
const LAST = [
  '(?:user|new|old|login|time)?pass|wpnonce|pswd|psw|pw|(?:sms)?t?otp|ott|otc|otac|(?:api)?sig|hmac(?:_sha\\d+)?|jwt|jwe',
  'cookies?|creds?|cvv|cvc|mdp|clave|senha|parola|heslo|jeton|geheim|(?:auth|login|access|st|tgt)_ticket',
];
/** Alone, since they are parts of other words; of SAML 2.0 (Bindings, sections 3.5 and 3.6), CAS, CIBA and OAuth 1.0 too. */
const WHOLE = [
  'code|(?:code|oauth|consent|login|device)_verifier|key|sid|connect\\.sid|(?:t?otp|mfa)_(?:seed|key)|pin|mnemonic|tan|security_answer',
  'auth|x-auth|sgid|auth_req_id|ticket|pgt(?:iou|id)?|samlresponse|samlart|wresult|(?:proxy-)?authorization',
];
const SECRET = new RegExp(`${PARTS.join('|')}|(?:^|[_.-])(?:${LAST.join('|')})\\d{0,3}$|^(?:${WHOLE.join('|')})$`, 'i');
/**
 * They say how something is done, of which kind, how many, where or when (RFC 7591 section 2, RFC 8414 section 2), or
 * who (W3C Verifiable Credentials), and are no secret.
 */
const NO_SECRET = new RegExp(
  [
    '^(?:issued_)?token_(?:type|use)|^tokeni[sz]|[_-](?:type|format|class|version|alg|algorithm)$|_endpoint',
    '_(?:(?:response|signing)_(?:alg|enc)|auth_method|supported|required|policy|timeout|lifetime|ttl|limit|count|exp)$',
    '_(?:expires_(?:in|at)|changed|started|ended|last_(?:changed|set))$|^last_password|^pwd_(?:exp|url)$',
    '(?:reset|changed|started|issued|created|updated)_(?:at|on|date)$',
    '(?:max|min|total|prompt|completion|input|output|cached)_tokens$',
    '^(?:public|publishable|site|sort|cache)_?key$|^credential_?(?:subject|status|schema)$',
  ].join('|'),
  'i',
);
/** The last word of names of which some have secrets and others sums, signs or ids. */
const UNSURE = new RegExp(
  `(?:^|[_.-])(?:${[
    '(?:user|ws)?key|sign|signed_request|mac|(?:id_)?tok|tk|tgt|rpt|pct|refresh|access|[ar]t|magic(?:_?link)?|verify',
    'verification|invitation|(?:login|consent|logout)_challenge|interact_ref|seed|p12|pfx|pkcs12|keystore|viewstate',
    'gda_{0,2}|hdn\\w{1,9}',
  ].join('|')})$`,
  'i',
);
/** `user[password]`, and what some frameworks write in front: `form:password`. A plus is a space. */
const BETWEEN = /[[\]:\s+]/;
/** `openid.sig`, `https://acme.test/claims/key`: the last part says what it is. */
const BEFORE_LAST = /^.*[./](?=[^./])/s;
const HUMP = /(?<=[a-z\d])(?=[A-Z])/g;

/** The parts of a name, each as the ways to read it: whole, its last word, and with its words apart. */
const partsOf = (name: string): readonly (readonly string[])[] =>
  plainText(unescapeAll(name))
    .split(BETWEEN)
    .map((part) => [part, part.replace(BEFORE_LAST, '')].flatMap((one) => [one, one.replace(HUMP, '_')]));

/** What a name says of the value, the name escaped or not; of what is `unsure` only what is drawn at random is a secret. */
export const secrecyOf = (name: string): 'secret' | 'unsure' | 'none' => {
  const parts = partsOf(name).filter((part) => !part.some((one) => NO_SECRET.test(one)));
  if (parts.some((part) => part.some((one) => SECRET.test(one)))) return 'secret';
  return parts.some((part) => part.some((one) => UNSURE.test(one))) ? 'unsure' : 'none';
};

/** Of a parameter or member, whatever its value. */
export const isSecretName = (name: string): boolean => secrecyOf(name) === 'secret';
