/** Keys that a sentence, a list or the name of a place speaks of: `token '8Kq…' expired`, `sessions["8Kq…"]`, `SSWS 8Kq…`. */
import { isDrawn } from './drawn.ts';
import { isTakenOut } from './mask.ts';

/** What may be drawn at random, behind words that stand before it in the same name (`refresh-token-8Kq…`). */
const RUN =
  /(?:(?<=%(?:25)*(?!25)[0-9A-F]{2})|(?<![\w~%-]))((?:[A-Za-z]{2,20}[_-]){0,4})([\w~-]{16,}(?:[.+=][\w~=-]*)*)/gi;
/** Words that say what follows, at their end; a key alone is one that verifies, by its `kid`. */
const TELLS = new RegExp(
  `(?:${[
    'token|tok|tkn|jeton|トークン|令牌|secret|geheimnis|pass(?:word|wort|phrase|code)|mot de passe|contraseña|パスワード|密码',
    '(?:^|[^a-z])sess|session(?:[ _-]?id)?|sitzung|sesión|セッション|会话|bearer|o?auth|(?:^|[^a-z])otp|csrf|cookie|credential|assertion|verifier|ssws|splunk|kakaoak',
    '(?:api|auth|access|secret|license|genie)[ _-]?key|(?:authorization|auth|device|verification|recovery|reset|login|one-time) code',
    'magic|reset|invite|invitation|(?:^|[^a-z])(?:live|pat|pass)',
  ].join('|')})s?$`,
  'i',
);
/** What may stand between: marks, escaped or not, and a word or two of a sentence. */
const MARKS = String.raw`(?:[^\p{L}\p{N}%\\&]|%(?:25)*(?!25)[0-9A-F]{2}|\\(?:u00[0-9a-f]{2}|[nrt"'\\])|&(?:quot|apos|lt|gt|equals|#\d{2,3});|[&\\])`;
const WORDS = 'is|was|ist|war|est|es|provided|value|content|invalide?|ungültig|inválid[oa]|expired|revoked';
const BETWEEN = new RegExp(`${MARKS}{1,12}(?:(?:${WORDS})${MARKS}{1,12})?$`, 'iu');
/** No longer than a word and what stands between. */
const BEFORE = 60;

/** The text without keys that the words before them tell. Linear; never throws. */
export const withoutMentioned = (text: string, mask: () => string): string =>
  text.replace(RUN, (all, words: string, run: string, at: number) => {
    if (isTakenOut(run) || !isDrawn(run)) return all;
    const before = text.slice(Math.max(0, at - BEFORE), at);
    const isTold =
      words === '' ? BETWEEN.test(before) && TELLS.test(before.replace(BETWEEN, '')) : TELLS.test(words.slice(0, -1));
    return isTold ? words + mask() : all;
  });
