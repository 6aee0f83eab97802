import type { Entry } from './har-entry.ts';

/** ms; a body that DevTools lost is not to hold up the next. */
const MAX_WAIT = 5_000;

export interface Content {
  readonly content: string;
  /** That is base64 of what was sent. */
  readonly base64: boolean;
}

/**
 * A response's body; '' where the browser does not have it. By callback, which both know: Chromium gives content and
 * encoding, Firefox content and type, and tells of base64 in the entry alone.
 */
export const bodyOf = (entry: Entry): Promise<Content> =>
  new Promise((resolve) => {
    const late = setTimeout(resolve, MAX_WAIT, { content: '', base64: false });
    entry.getContent((content: unknown, encoding: unknown) => {
      clearTimeout(late);
      resolve({
        content: typeof content === 'string' ? content : '',
        base64: encoding === 'base64' || entry.response.content.encoding === 'base64',
      });
    });
  });

export interface Sent {
  readonly text: string;
  readonly mimeType: string;
}

/** A request's body; undefined where it has none, or where the browser does not tell. */
export const sentOf = ({ request }: Entry, contentType = ''): Sent | undefined => {
  const { text, params, mimeType } = request.postData ?? {};
  const type = mimeType || contentType;
  if (typeof text === 'string' && text !== '') return { text, mimeType: type };
  if (!params?.length) return;
  const fields = params.map(({ name, value = '' }): [string, string] => [name, value]);
  return { text: `${new URLSearchParams(fields)}`, mimeType: 'application/x-www-form-urlencoded' };
};
