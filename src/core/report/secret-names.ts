/** What parameters, members and claims are called that hold what opens a door. */
import { unescapeAll } from './unescape.ts';

const SECRET =
  /token|secret|pass(?:w|phrase|code)|pwd|signature|assertion|(?:api|auth|access|private|shared|account|subscription|encryption)[_-]?key|(?:device|user|auth|authorization|verification|recovery|activation)[_-]?code|credential|session|sess_?id|bearer|csrf|xsrf|^(?:code|code_verifier|key|sig|sid|connect\.sid|otp|pin|pass|ticket|pgt(?:iou|id)?|auth|hmac|jwt|samlresponse|wresult)$/i;
/** They say how something is done, where or until when (RFC 7591 section 2, RFC 8414 section 2), and are no secret. */
const NO_SECRET =
  /^(?:issued_)?token_(?:type|use)|_endpoint|_(?:(?:response|signing)_(?:alg|enc)|auth_method|supported|required|policy|timeout|lifetime|ttl|count|exp|expires_(?:in|at))$|^pwd_(?:exp|url)$|^tokeni[sz]/i;
/** `user[password]`, and what some frameworks write in front: `form:password`. */
const BETWEEN = /[[\]:\s]/;

/** Of a parameter or member, its name escaped or not. */
export const isSecretName = (name: string): boolean =>
  unescapeAll(name)
    .split(BETWEEN)
    .some((part) => SECRET.test(part) && !NO_SECRET.test(part));
