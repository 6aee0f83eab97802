/** The token as a variable of the programs that API requests are tried out with. */
import type { Kind } from '../token/decoded.ts';

const NAMES: Partial<Record<Kind, string>> = {
  access_token: 'access_token',
  id_token: 'id_token',
  refresh_token: 'refresh_token',
  client_assertion: 'client_assertion',
  dpop_proof: 'dpop_proof',
};

const nameOf = (kind: Kind): string => NAMES[kind] ?? 'token';

/**
 * An environment of Postman (its format v2.1 export), which Import takes as pasted text. `secret` keeps the value masked,
 * and out of what is shared.
 */
export const postmanVariable = (kind: Kind, compact: string): string => {
  const variable = { key: nameOf(kind), value: compact, type: 'secret', enabled: true };
  const environment = { name: 'JWT', values: [variable], _postman_variable_scope: 'environment' };
  return `${JSON.stringify(environment, undefined, 2)}\n`;
};

/**
 * A line for the `.env` file of a Bruno collection, read as `{{process.env.NAME}}`. A `.bru` environment file either holds
 * the value in the open, where version control takes it along, or (`vars:secret`) the name alone. Takes what needs no
 * quotes: no space, `#`, quotation mark or line break.
 */
export const brunoVariable = (kind: Kind, compact: string): string => {
  const name = nameOf(kind).toUpperCase();
  return `# Into the file .env of the collection; use it as {{process.env.${name}}}\n${name}=${compact}\n`;
};
