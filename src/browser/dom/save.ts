import type { SavedFile } from '../../panel/source.ts';

/** The browser reads the file after the click has returned; this long is enough, and frees the memory in the end. */
const RELEASE_MS = 60_000;

/** Offers a file as a download. The one way that works in the panel of both browsers. */
export const save = async ({ name, type, text }: SavedFile): Promise<void> => {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_MS);
};
