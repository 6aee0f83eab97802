import { formatOf } from './body-type.ts';
import { formFields } from './form.ts';

/** Characters of a token request that is read for its grant; assertions make it long. */
const MAX_REQUEST = 65_536;
/** Characters; the longest registered `grant_type` has 55. */
const MAX_GRANT = 100;

/** Of JSON, which some authorization servers take too. */
const inJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'grant_type' in value ? value.grant_type : undefined;
  } catch {
    return undefined;
  }
};

/** The `grant_type` of a token request's body (RFC 6749 section 4), or undefined. Never throws. */
export const grantOf = (mimeType: string, text: string): string | undefined => {
  if (text.length > MAX_REQUEST || !text.includes('grant_type')) return;
  const format = formatOf(mimeType, text);
  const fields = format === 'json' ? [] : formFields(text);
  const grant = format === 'json' ? inJson(text) : fields.find(({ name }) => name === 'grant_type')?.value;
  return typeof grant === 'string' && grant !== '' && grant.length <= MAX_GRANT ? grant : undefined;
};
