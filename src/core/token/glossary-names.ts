/**
 * The names that glossary.ts explains; a line holds a reference and the names it defines. Their texts are in
 * `_locales/<language>/glossary.json` alone. Strings, because they weigh least in the panel's first load.
 */

/** Header parameters that mean something else in a JWE: the key is the recipient's. */
export const SEALED_HEADER_PARAMETERS = `
RFC 7516 4.1.4|jku
RFC 7516 4.1.5|jwk
RFC 7516 4.1.6|kid
RFC 7516 4.1.7|x5u
RFC 7516 4.1.8|x5c
`;

/** Header parameters: the IANA registry of JOSE, ETSI JAdES, GNAP, and what gateways add. */
export const HEADER_PARAMETERS = `
RFC 7515 4.1.1|alg
RFC 7515 4.1.2|jku
RFC 7515 4.1.3|jwk
RFC 7515 4.1.4|kid
RFC 7515 4.1.5|x5u
RFC 7515 4.1.6|x5c
RFC 7515 4.1.7|x5t
RFC 7515 4.1.8|x5t#S256
RFC 7515 4.1.9|typ
RFC 7515 4.1.10|cty
RFC 7515 4.1.11|crit
RFC 7516 4.1.2|enc
RFC 7516 4.1.3|zip
RFC 7518 4.6.1.1|epk
RFC 7518 4.6.1.2|apu
RFC 7518 4.6.1.3|apv
RFC 7518 4.7.1.1|iv
RFC 7518 4.7.1.2|tag
RFC 7518 4.8.1.1|p2s
RFC 7518 4.8.1.2|p2c
RFC 7519 5.3|iss sub aud
RFC 7797 3|b64
RFC 8225 4.1|ppt
RFC 8555 6.4.1|url
RFC 8555 6.5.2|nonce
RFC 9321 3.1|svt
OpenID Federation 1.0 4.3|trust_chain
OpenID Federation 1.0 4.4|peer_trust_chain
ETSI TS 119 182-1|sigT x5t#o x5ts srCms sigPl srAts adoTst sigPId sigD etsiU
OpenID4VCI 1.0 F.1|key_attestation
Open Banking|http://openbanking.org.uk/iat http://openbanking.org.uk/iss http://openbanking.org.uk/tan
GNAP, RFC 9635 7.3.3|htm uri ath created
Google IAP|client
AWS ALB|signer exp
IHE ITI|iheSSId`;

/** Registered claims: the IANA registry of JWT, and those of OpenID Connect, FAPI, CIBA, SD-JWT, JAR and federation. */
export const CLAIMS = `
RFC 7519 4.1.1|iss
RFC 7519 4.1.2|sub
RFC 7519 4.1.3|aud
RFC 7519 4.1.4|exp
RFC 7519 4.1.5|nbf
RFC 7519 4.1.6|iat
RFC 7519 4.1.7|jti
OpenID Connect Core 5.1|name given_name family_name middle_name nickname preferred_username profile picture website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at
OpenID Connect Core 2|azp nonce auth_time acr amr at_hash
OpenID Connect Core 3.3.2.11|c_hash
FAPI 1.0 Part 2, 5.1.1|s_hash
SIOP v1, OpenID Connect Core 7.4|sub_jwk
OpenID Connect Core 5.6.2|_claim_names _claim_sources
RFC 7800 3.1|cnf
RFC 8055|sip_from_tag sip_date sip_callid sip_cseq_num sip_via_branch
RFC 8225 5.2.1|orig dest
RFC 8225 5.2.2|mky
RFC 8417 2.2|events toe txn
RFC 8443 3|rph
OpenID Connect Front-Channel Logout 3|sid
RFC 8485|vot vtm
RFC 8588|attest origid
RFC 8693 4.1|act
RFC 8693 4.2|scope
RFC 8693 4.3|client_id
RFC 8693 4.4|may_act
RFC 8688|jcard
ETSI GS NFV-SEC 022|at_use_nbr
RFC 8946|div opt
W3C VC Data Model 1.1, 6.3.1|vc vp
RFC 9027|sph
RFC 9200 5.10|ace_profile cnonce
RFC 9200 5.10.3|exi
RFC 9068 2.2.3.1|roles groups entitlements
RFC 9701 5|token_introspection
RFC 9711 4|eat_nonce ueid sueids oemid hwmodel hwversion swname swversion oemboot dbgstat location uptime bootcount bootseed dloas manifests measurements measres submods intuse eat_profile
RFC 9246 2.1|cdniv cdnicrit cdniip cdniuc cdniets cdnistt cdnistd
RFC 9321 3.2.3|sig_val_claims
RFC 9396 9.1|authorization_details
OpenID Connect for Identity Assurance 1.0|verified_claims place_of_birth nationalities birth_family_name birth_given_name birth_middle_name salutation title msisdn also_known_as
RFC 9449 4.2|htm htu ath
RFC 9447|atc
RFC 9493 4.1|sub_id
RFC 9795|rcd rcdi crn
RFC 9475|msgi
RFC 9560 3.1.5|rdap_allowed_purposes rdap_dnt_allowed
CTA-5009|geohash
RFC 9901 4.2.4.1|_sd
RFC 9901 4.2.4.2|...
RFC 9901 4.1.1|_sd_alg
RFC 9901 4.3|sd_hash
SD-JWT VC 2.2.2|vct vct#integrity
Token Status List 6|status status_list ttl
OpenID4VP 1.0|transaction_data_hashes transaction_data_hashes_alg
CIBA 10.3.1|urn:openid:params:jwt:claim:rt_hash urn:openid:params:jwt:claim:auth_req_id
OpenID Federation 1.0 3|authority_hints jwks metadata metadata_policy metadata_policy_crit constraints trust_marks trust_mark trust_mark_type trust_mark_issuers trust_mark_owners trust_anchor trust_anchor_hints trust_chain source_endpoint crit delegation logo_uri ref
RFC 9101 4|response_type response_mode redirect_uri state prompt max_age login_hint id_token_hint acr_values claims code_challenge code_challenge_method dpop_jkt resource
JARM 4.1|code
RFC 7591 2.3|software_id software_version software_statement
3GPP TS 29.510|consumerPlmnId consumerSnpnId producerPlmnId producerSnpnId producerSnssaiList producerNsiList producerNfSetId producerNfServiceSetId sourceNfInstanceId analyticsIdList resOwnerId`;

/** Claims of identity providers and frameworks, with the prefix of their keys. A registered claim of the same name goes before. */
export const PRIVATE_CLAIMS = `
entra|Entra ID|oid tid scp appid appidacr azpacr idtyp upn unique_name idp wids hasgroups ver uti rh aio xms_cc xms_edov xms_tcdt xms_mirid xms_az_rid xms_ftd xms_idrel xms_st xms_tdbr puid onprem_sid ipaddr deviceid signin_state tenant_region_scope tenant_ctry ctry verified_primary_email verified_secondary_email acct acrs pwd_exp pwd_url in_corp fwd tfp extn platf secaud
auth0|Auth0|gty permissions org_id org_name user_metadata app_metadata identities https://auth0.com/claims
okta|Okta|uid cid
keycloak|Keycloak|typ realm_access resource_access allowed-origins session_state authorization clientId clientHost clientAddress reuse_id
cognito|Amazon Cognito|token_use username cognito:username cognito:groups cognito:roles cognito:preferred_role event_id origin_jti device_key version
firebase|Firebase|firebase user_id provider_id
supabase|Supabase|role aal session_id is_anonymous phone
google|Google|hd google target_audience
common|Common practice|token_type type fresh csrf tenant tenant_id authorities user_name ati https://hasura.io/jwt/claims http://schemas.microsoft.com/ws/2008/06/identity/claims/role http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress`;

/** Values of `alg` and `enc`: the IANA registry of JWS and JWE algorithms. */
export const ALGORITHMS = `
RFC 7518 3.2|HS256 HS384 HS512
RFC 7518 3.3|RS256 RS384 RS512
RFC 7518 3.4|ES256 ES384 ES512
RFC 7518 3.5|PS256 PS384 PS512
RFC 7518 3.6|none
RFC 8812 3.2|ES256K
RFC 8037 3.1|EdDSA
RFC 9864 2.2|Ed25519 Ed448
FIPS 204|ML-DSA-44 ML-DSA-65 ML-DSA-87
RFC 7518 4.2|RSA1_5
RFC 7518 4.3|RSA-OAEP RSA-OAEP-256
Web Cryptography API|RSA-OAEP-384 RSA-OAEP-512
RFC 7518 4.4|A128KW A192KW A256KW
RFC 7518 4.5|dir
RFC 7518 4.6|ECDH-ES ECDH-ES+A128KW ECDH-ES+A192KW ECDH-ES+A256KW
RFC 7518 4.7|A128GCMKW A192GCMKW A256GCMKW
RFC 7518 4.8|PBES2-HS256+A128KW PBES2-HS384+A192KW PBES2-HS512+A256KW
RFC 7518 5.2|A128CBC-HS256 A192CBC-HS384 A256CBC-HS512
RFC 7518 5.3|A128GCM A192GCM A256GCM`;

/** Values of `typ`, without `application/`: the media types of JWTs. */
export const TYPES = `
RFC 7519 5.1|jwt
RFC 7515 4.1.9|jose jose+json
RFC 9068 2.1|at+jwt
RFC 9449 4.2|dpop+jwt
OpenID Connect Back-Channel Logout 2.4|logout+jwt
RFC 8417 2.3|secevent+jwt
RFC 9701 5|token-introspection+jwt
RFC 9101 4|oauth-authz-req+jwt
RFC 7523|client-authentication+jwt
RFC 9901 4.3|kb+jwt sd-jwt
SD-JWT VC 3.2.1|dc+sd-jwt vc+sd-jwt
W3C VC-JOSE-COSE|vc+jwt vp+jwt
OpenID4VCI 1.0 F.1|openid4vci-proof+jwt
OpenID Federation 1.0|entity-statement+jwt trust-mark+jwt resolve-response+jwt trust-mark-delegation+jwt explicit-registration-response+jwt jwk-set+jwt
Token Status List 5.1|statuslist+jwt
Wallet attestation|oauth-client-attestation+jwt oauth-client-attestation-pop+jwt
RFC 8225 8.1|passport
RFC 9321 3.1|svt+jwt
RFC 9711|eat+jwt
GNAP, RFC 9635 7.3.3|gnap-binding-jws gnap-binding-jwsd`;
