import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where one browser keeps everything it writes. `profile` is also its home. */
export interface Folders {
  readonly root: string;
  readonly profile: string;
  readonly downloads: string;
  remove(): Promise<void>;
  /**
   * A test run that is stopped leaves no browser and no folder behind: kills the one, then removes the other.
   * Until `remove` is called.
   */
  removeAtExit(kill: () => void): void;
}

export const makeFolders = (browser: string): Folders => {
  const root = mkdtempSync(join(tmpdir(), `claimcheck-${browser}-`));
  // The last child processes may still write for a moment after the browser has ended.
  const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  const abort = () => process.exit(1);
  let atExit = () => {};
  return {
    root,
    profile: join(root, 'profile'),
    downloads: join(root, 'downloads'),
    removeAtExit: (kill) => {
      atExit = () => {
        kill();
        rmSync(root, removal);
      };
      process.once('exit', atExit).once('SIGINT', abort).once('SIGTERM', abort);
    },
    remove: () => {
      process.off('exit', atExit).off('SIGINT', abort).off('SIGTERM', abort);
      return rm(root, removal);
    },
  };
};

/** Any octet as a regular expression over `latin1` has it. */
const octetIn = (octet: number): string => `\\x${octet.toString(16).padStart(2, '0')}`;

/**
 * The files under the folder that hold one of the texts, as UTF-8 or UTF-16, at any offset. Snappy and lz4 (LevelDB,
 * IndexedDB, jsonlz4) write text that has not occurred before in the clear, but in runs: search for a piece of 16
 * characters.
 */
export const searchProfile = (folder: string, ...texts: readonly string[]): readonly string[] => {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
  // One pass for all of them: a profile is large, and a secret has many forms.
  const any = new RegExp(needles.map((needle) => Array.from(needle, octetIn).join('')).join('|'));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => any.test(readFileSync(path, 'latin1')));
};
