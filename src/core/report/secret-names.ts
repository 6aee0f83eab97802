/** What parameters, members and claims are called that hold what opens a door. */
import { unescapeAll } from './unescape.ts';

/** Whose key, or which, and for what a code is: `api_key`, `apiKey`, `x-functions-key`; `pre-authorized_code`, `oobCode`. */
const KEYS =
  'api|app|auth|access|private|shared|account|client|consumer|subscription|encryption|signing|hmac|master|license|activation|reset|functions?';
const CODES =
  'device|user|auth|authori[sz](?:ation|ed)|verif(?:y|ication)|recovery|activation|confirm(?:ation)?|reset|login|invit(?:e|ation)|security|backup|mfa|t?otp|oob|sms|email|one[_-]?time|tx';
/** Wherever they stand in a name. */
const PARTS = [
  'token|secret|pass(?:w|phrase|code|key)|pwd|signature|assertion|credential|session|sess_?id|bearer|csrf|xsrf',
  `(?:${KEYS})[_-]?key|(?:${CODES})[_-]?code|(?:seed|recovery|secret)[_-]?phrase`,
];
/** Alone, since they are parts of other words; of SAML 2.0 (Bindings, sections 3.5 and 3.6), CAS, CIBA and OAuth 1.0 too. */
const WHOLE = [
  'code|(?:code|oauth)_verifier|key|sig|sid|connect\\.sid|t?otp|(?:t?otp|mfa)_(?:seed|key)|pin|pass|psw|pw|mnemonic|hmac|jwt',
  'auth|auth_req_id|ticket|pgt(?:iou|id)?|samlresponse|samlart|wresult|(?:proxy-)?authorization|(?:set-)?cookie',
];
const SECRET = new RegExp(`${PARTS.join('|')}|^(?:${WHOLE.join('|')})$`, 'i');
/** They say how something is done, where or until when (RFC 7591 section 2, RFC 8414 section 2), and are no secret. */
const NO_SECRET =
  /^(?:issued_)?token_(?:type|use)|[_-]type$|_endpoint|_(?:(?:response|signing)_(?:alg|enc)|auth_method|supported|required|policy|timeout|lifetime|ttl|count|exp|expires_(?:in|at))$|^pwd_(?:exp|url)$|^tokeni[sz]/i;
/** `user[password]`, and what some frameworks write in front: `form:password`. A plus is a space. */
const BETWEEN = /[[\]:\s+]/;
/** `openid.sig`, `https://acme.test/claims/key`: the last part says what it is. */
const BEFORE_LAST = /^.*[./](?=[^./])/s;

/** Of a parameter or member, its name escaped or not. */
export const isSecretName = (name: string): boolean =>
  unescapeAll(name)
    .split(BETWEEN)
    .flatMap((part) => [part, part.replace(BEFORE_LAST, '')])
    .some((part) => SECRET.test(part) && !NO_SECRET.test(part));
