/** What may be added to a header or a payload, each with an example of its type. Pure. */
import { CLAIMS, HEADER_PARAMETERS, PRIVATE_CLAIMS } from '../../core/token/glossary-names.ts';
import type { Part } from './workbench-shape.ts';

/** What differs each time. */
export interface Fresh {
  /** s since the epoch */
  readonly now: number;
  uuid(): string;
}

/** Parameters of a JWE (RFC 7516 section 4, RFC 7518 section 4), which a JWS does not have. */
const ONLY_IN_JWE: ReadonlySet<string> = new Set(['enc', 'zip', 'epk', 'apu', 'apv', 'iv', 'tag', 'p2s', 'p2c']);

/** Stands in arrays of an SD-JWT only (RFC 9901 section 4.2.4.2). */
const ONLY_IN_ARRAYS: ReadonlySet<string> = new Set(['...']);

/** The last of a line's fields has the names. */
const namesIn = (table: string): readonly string[] =>
  table
    .trim()
    .split('\n')
    .flatMap((line) => line.slice(line.lastIndexOf('|') + 1).split(' '));

const NAMES: Readonly<Record<Part, readonly string[]>> = {
  header: namesIn(HEADER_PARAMETERS).filter((name) => !ONLY_IN_JWE.has(name)),
  payload: [...new Set([...namesIn(CLAIMS), ...namesIn(PRIVATE_CLAIMS)])].filter((name) => !ONLY_IN_ARRAYS.has(name)),
};

/** The names that the glossary explains, those of the registries first. */
export const namesOf = (part: Part): readonly string[] => NAMES[part];

const HOUR = 3600;
/** `2027-01-15T08:00:00`, without milliseconds. */
const DATE_TIME = 19;

type Example = string | ((fresh: Fresh) => string);

const now: Example = (fresh) => String(fresh.now);
const uuid: Example = (fresh) => JSON.stringify(fresh.uuid());
const isoTime = (fresh: Fresh): string => new Date(fresh.now * 1000).toISOString();

/** JSON text and the names that it is for, split by spaces; what is not among them is a string. */
const HEADER: readonly (readonly [Example, string])[] = [
  ['"HS256"', 'alg'],
  ['"JWT"', 'typ cty'],
  ['"key-1"', 'kid'],
  ['["b64"]', 'crit'],
  ['false', 'b64'],
  ['"https://issuer.example/jwks.json"', 'jku'],
  ['"https://issuer.example/cert.pem"', 'x5u'],
  ['{}', 'jwk sigD sigPId sigPl'],
  ['[]', 'x5c x5t#o x5ts srCms srAts adoTst etsiU trust_chain peer_trust_chain'],
  ['"https://issuer.example"', 'iss http://openbanking.org.uk/iss'],
  ['"https://api.example/items"', 'url uri'],
  ['"POST"', 'htm'],
  [now, 'created exp http://openbanking.org.uk/iat'],
  [(fresh) => JSON.stringify(`${isoTime(fresh).slice(0, DATE_TIME)}Z`), 'sigT'],
];

const PAYLOAD: readonly (readonly [Example, string])[] = [
  [(fresh) => String(fresh.now + HOUR), 'exp'],
  [now, 'iat nbf auth_time updated_at toe pwd_exp xms_tcdt'],
  [uuid, 'jti sid nonce txn oid tid uti rh event_id origin_jti session_id session_state'],
  ['"https://issuer.example"', 'iss'],
  ['"https://api.example"', 'aud target_audience'],
  ['"https://api.example/items"', 'htu resource redirect_uri'],
  ['"https://user.example"', 'profile picture website logo_uri source_endpoint'],
  ['"POST"', 'htm'],
  ['"user-1"', 'sub preferred_username upn unique_name username user_name user_id'],
  ['"client-1"', 'azp client_id appid cid clientId'],
  ['"Jane Doe"', 'name'],
  ['"jane@user.example"', 'email verified_primary_email'],
  ['"+1 555 0100"', 'phone_number phone'],
  ['"1990-01-31"', 'birthdate'],
  ['"Europe/Berlin"', 'zoneinfo'],
  ['"en"', 'locale'],
  ['"openid profile email"', 'scope scp'],
  ['"sha-256"', '_sd_alg'],
  ['"S256"', 'code_challenge_method'],
  [
    'true',
    'email_verified phone_number_verified is_anonymous fresh hasgroups oemboot rdap_dnt_allowed xms_edov in_corp reuse_id',
  ],
  ['3600', 'max_age ttl uptime bootcount swversion sip_cseq_num cdniv cdniets cdnistt'],
  ['["pwd"]', 'amr'],
  [
    '["admin"]',
    'roles groups entitlements wids permissions authorities cognito:groups cognito:roles intuse allowed-origins',
  ],
  [
    '[]',
    '_sd authorization_details nationalities trust_marks authority_hints trust_chain transaction_data_hashes crit metadata_policy_crit measurements measres dloas atc vtm',
  ],
  [
    '{}',
    'address _claim_names _claim_sources sub_jwk jcard vc vp token_introspection verified_claims place_of_birth rcd crn jwks metadata metadata_policy constraints claims submods location status status_list ace_profile firebase user_metadata app_metadata resource_access authorization',
  ],
  ['{"jkt":""}', 'cnf'],
  ['{"sub":"actor-1"}', 'act may_act'],
  ['{"roles":["admin"]}', 'realm_access'],
  ['{"tn":"15555550100"}', 'orig'],
  ['{"tn":["15555550101"]}', 'dest'],
  ['{"format":"email","email":"jane@user.example"}', 'sub_id'],
  ['{"http://schemas.openid.net/event/backchannel-logout":{}}', 'events'],
];

const byName = (table: typeof HEADER): ReadonlyMap<string, Example> =>
  new Map(table.flatMap(([example, names]) => names.split(' ').map((name): [string, Example] => [name, example])));

const EXAMPLES: Readonly<Record<Part, ReadonlyMap<string, Example>>> = {
  header: byName(HEADER),
  payload: byName(PAYLOAD),
};

/** JSON text of the type that the parameter or claim has; a string, to be written over, where the type is not known. */
export const exampleOf = (part: Part, name: string, fresh: Fresh): string => {
  const example = EXAMPLES[part].get(name) ?? '""';
  return typeof example === 'string' ? example : example(fresh);
};
