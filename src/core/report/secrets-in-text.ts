/** All that tells a secret in a text, one behind the other. */
import { withoutInnerSecrets } from './inner-secrets.ts';
import { MASK } from './mask.ts';
import { withoutMarkedSecrets } from './secret-markup.ts';
import { withoutMentioned } from './secret-mentions.ts';
import { withoutNamedSecrets } from './secret-parameters.ts';
import { withoutShapedSecrets } from './secret-shapes.ts';

/** Our own words, most of them, and others that hold nothing: no name has room for a value. */
const WORD = /^[\w-]{0,15}$/;

/** What stands there as it is. What was taken out stays, so that the same again takes nothing out. */
const withoutPlain = (text: string, mask: () => string): string =>
  withoutMentioned(withoutMarkedSecrets(withoutNamedSecrets(withoutShapedSecrets(text, mask), mask), mask), mask);

const masked = (): string => MASK;
/** In what is inside, and once more inside of that: a login's state has JSON with an address. */
const withoutInner = (inner: string): string =>
  withoutInnerSecrets(withoutPlain(inner, masked), masked, (innermost) => withoutPlain(innermost, masked));

/**
 * The text without secrets by shape, by name and by what is said of them, as they are or under escapes, in base64 or in
 * JSON. Captured tokens are the caller's. Linear; never throws.
 */
export const withoutSecretsIn = (text: string, mask: () => string): string =>
  WORD.test(text) ? text : withoutInnerSecrets(withoutPlain(text, mask), mask, withoutInner);
