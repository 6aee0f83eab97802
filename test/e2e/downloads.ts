import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Download } from './driver.ts';
import { poll } from './poll.ts';

/** Both browsers write beside the final name and rename at the end; Firefox puts an empty file of that name first. */
const isUnfinished = (name: string) => /\.(part|crdownload)$|^\.|^Unconfirmed /.test(name);

/**
 * Watches a downloads folder; each call resolves with the next finished file, and takes it out: driven from outside,
 * Chromium puts a file over an older one of the same name.
 */
export const downloadsIn = (folder: string) => (): Promise<Download> =>
  poll('a finished download', async () => {
    const [name, ...others] = existsSync(folder) ? readdirSync(folder) : [];
    if (name === undefined || [name, ...others].some(isUnfinished)) return undefined;
    const bytes = readFileSync(join(folder, name));
    if (bytes.length === 0) return undefined;
    rmSync(join(folder, name));
    return { name, bytes, text: bytes.toString('utf8') };
  });
