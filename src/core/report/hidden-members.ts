/** Which values of a JSON text go, by the names beside them. */
import type { JsonMember, JsonNode } from '../token/json-tree.ts';
import { isDrawn } from './drawn.ts';
import { PRIVATE_MEMBERS } from './key-secrets.ts';
import { mayStay } from './mask.ts';
import { isSecretName, secrecyOf } from './secret-names.ts';

/** They name a session and do not open it (OpenID Connect Front-Channel Logout, Session Management). */
const NO_SECRET_CLAIM = /^(?:sid|session_state)$/i;
/**
 * As an object what a token permits (Keycloak, "Requesting Party Token"), or what is asked to be in it (OpenID Connect Core
 * section 5.5); as a text a credential.
 */
const OPEN_OBJECTS: ReadonlySet<string> = new Set(['authorization', 'id_token']);
/** A pair, as a list of headers or parameters has it: `{ "name": "api_key", "value": "…" }`. */
const PAIR_NAME = /^(?:name|key|k|id|header|field|type)$/i;
const PAIR_VALUE = /^(?:value|val|v|content|text)$/i;
/** The same without names: `["api_key", "…"]`. */
const PAIR_LENGTH = 2;

/** Shorter texts are too few bits to tell. */
const DRAWN_AT_LEAST = 16;

/** A value that goes, and whether because its claim was chosen. */
export interface Hidden {
  /** The member's; '' of an item. */
  readonly name: string;
  readonly node: JsonNode;
  readonly isMasked: boolean;
}

const isDrawnText = (node: JsonNode): boolean =>
  node.kind === 'string' && node.value.length >= DRAWN_AT_LEAST && isDrawn(node.value);

/** The half of a pair that says what the other is. */
const namesSecret = ({ name, value }: JsonMember): boolean =>
  PAIR_NAME.test(name) && value.kind === 'string' && isSecretName(value.value);

/** What says no more than yes or no, or when. */
const mayStayAs = (name: string, value: JsonNode): boolean => {
  if (value.kind === 'boolean' || value.kind === 'null') return true;
  return value.kind === 'string' ? mayStay(value.value) : value.kind === 'object' && OPEN_OBJECTS.has(name);
};

const isSecretMember = ({ name, value }: JsonMember): boolean => {
  if (NO_SECRET_CLAIM.test(name)) return false;
  const secrecy = secrecyOf(name);
  return secrecy === 'secret' || (secrecy === 'unsure' && isDrawnText(value));
};

/**
 * The values that go, in order; none of them is in another. Linear in the tree; never throws.
 * @param masked claims that were chosen
 * @param isOther what goes whatever it is called, of lists and objects
 */
export const hiddenIn = (
  root: JsonNode | undefined,
  masked: readonly string[] = [],
  isOther: (node: JsonNode) => boolean = () => false,
): readonly Hidden[] => {
  const found: Hidden[] = [];
  const walk = (node: JsonNode): void => {
    if (node.kind !== 'array' && node.kind !== 'object') return;
    if (isOther(node)) found.push({ name: '', node, isMasked: false });
    else if (node.kind === 'object') walkMembers(node.members);
    else walkItems(node.items);
  };
  const walkMembers = (members: readonly JsonMember[]): void => {
    const isKey = members.some(({ name }) => name === 'kty');
    const hasValue = members.some(({ name }) => PAIR_VALUE.test(name));
    const names = new Set(hasValue ? members.filter(namesSecret) : []);
    for (const member of members) {
      const { name, value } = member;
      const isMasked = masked.includes(name);
      const isNamed = isSecretMember(member) ? !names.has(member) : names.size > 0 && PAIR_VALUE.test(name);
      const isSecret = (isNamed && !mayStayAs(name, value)) || (isKey && PRIVATE_MEMBERS.has(name));
      if (isMasked || isSecret) found.push({ name, node: value, isMasked });
      else walk(value);
    }
  };
  const walkItems = (items: readonly JsonNode[]): void => {
    const [first, second] = items;
    const isPair = items.length === PAIR_LENGTH && first?.kind === 'string' && isSecretName(first.value);
    if (isPair && second && isDrawnText(second)) found.push({ name: '', node: second, isMasked: false });
    else for (const item of items) walk(item);
  };
  if (root) walk(root);
  return found;
};
