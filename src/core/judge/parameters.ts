/**
 * The parameters of an address's query and fragment together (application/x-www-form-urlencoded, as OAuth has them in
 * both), also of a route in the fragment (`#/callback?code=…`). Any text, relative addresses too; linear, never throws.
 */
export const parametersOf = (address: string): URLSearchParams =>
  new URLSearchParams(address.replace(/^[^?#]*[?#]?/, '').replace(/[?#]/g, '&'));
