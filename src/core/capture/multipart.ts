/** `multipart/form-data` (RFC 7578), as the browsers show it: text, with the files in it or without. */
import { shorten } from './shorten.ts';

export interface Part {
  readonly name: string;
  /** Of a file; '' where it says none. */
  readonly mimeType: string;
  readonly text: string;
}

/** Characters of a part's header lines; browsers write fewer, and a file may be anything. */
const MAX_HEAD = 4096;

/** By the media type, or else by the first line, which is the boundary too; undefined where there is none. */
export const boundaryOf = (mimeType: string, text: string): string | undefined => {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(mimeType) ?? [];
  return quoted ?? bare ?? /^\s{0,8}--([^\r\n]{1,200})/.exec(text)?.[1];
};

/** One part, from behind the boundary to the next; undefined for what is none. Never throws; linear in the text. */
export const partOf = (text: string): Part | undefined => {
  const gap = /\r?\n\r?\n/.exec(text.slice(0, MAX_HEAD));
  if (!gap) return undefined;
  const head = text.slice(0, gap.index);
  const [, quoted, bare] = /;\s*name=(?:"([^"\r\n]*)"|([^\s;"]+))/i.exec(head) ?? [];
  const [, mimeType = ''] = /^content-type:[ \t]*([^\r\n]*)/im.exec(head) ?? [];
  const body = text.slice(gap.index + gap[0].length);
  // The line break before the next boundary is the boundary's.
  return { name: shorten(quoted ?? bare ?? ''), mimeType, text: body.replace(/\r?\n$/, '') };
};
