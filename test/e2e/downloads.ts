import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Download } from './driver.ts';
import { poll } from './poll.ts';

/** Both browsers write beside the final name and rename at the end; Firefox puts an empty file of that name first. */
const isUnfinished = (name: string) => /\.(part|crdownload)$|^\.|^Unconfirmed /.test(name);

/** Watches a downloads folder; each call resolves with the next finished file. */
export const downloadsIn = (folder: string) => {
  // Driven from outside, Chromium puts a file over an older one of the same name.
  const known = new Set<string>();
  const identityOf = (name: string) => `${name} ${statSync(join(folder, name)).ino}`;
  return (): Promise<Download> =>
    poll('a finished download', async () => {
      const names = existsSync(folder) ? readdirSync(folder) : [];
      if (names.some(isUnfinished)) return undefined;
      const name = names.find((candidate) => !known.has(identityOf(candidate)));
      if (!name) return undefined;
      const bytes = readFileSync(join(folder, name));
      if (bytes.length === 0) return undefined;
      known.add(identityOf(name));
      return { name, bytes, text: bytes.toString('utf8') };
    });
};
