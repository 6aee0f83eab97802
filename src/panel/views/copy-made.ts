/** What is copied of a token, and what to know of it, in words. */
import { type CopyFormat, copyAs } from '../../core/report/copy-as.ts';
import type { Copied } from '../../core/report/copy-as-request.ts';
import type { KeySource } from '../../core/report/snippets/demands.ts';
import { LIBRARY_CODES, type Library, libraryTitle, snippetFor } from '../../core/report/snippets/snippet.ts';
import { shown } from '../../core/token/shown.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { PanelSource } from '../source.ts';

/** What a token is copied as. */
export type CopyChoice = CopyFormat | Library;

export const isLibrary = (choice: CopyChoice): choice is Library => LIBRARY_CODES.some((library) => library === choice);

export const choiceName = (source: PanelSource, choice: CopyChoice): string =>
  isLibrary(choice) ? libraryTitle(choice) : source.text(`copy_format_${choice}`);

/** The text for a choice. */
export interface CopyMade {
  /** Undefined where there can be none. */
  readonly text: string | undefined;
  /** What to know of it. */
  readonly sentences: readonly string[];
  /** Holds the token. */
  readonly isLive: boolean;
}

export const makeCode = (
  source: PanelSource,
  library: Library,
  copied: Copied,
  key: KeySource,
  withToken: boolean,
): CopyMade => {
  const snippet = snippetFor(library, copied.decoded, key, withToken);
  if ('lack' in snippet) {
    const alg = visibleText(shown(copied.decoded.header?.alg));
    return { text: undefined, sentences: [source.text(`copy_lack_${snippet.lack}`, alg)], isLive: false };
  }
  const sentences = [source.text(`copy_key_${snippet.key}`), ...(withToken ? [] : [source.text('copy_as_no_token')])];
  return { text: snippet.code, sentences, isLive: withToken };
};

export const makeCopy = (source: PanelSource, format: CopyFormat, copied: Copied): CopyMade => {
  const { text, notes } = copyAs(format, copied);
  return { text, sentences: notes.map((note) => source.text(`copy_note_${note}`)), isLive: true };
};
