import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Files {
  /** Writes it into the folder; gives its path. */
  put(name: string, content: string | Uint8Array): string;
  remove(): void;
}

/** A folder for what a scenario gives to the panel. */
export const makeFiles = (): Files => {
  const folder = mkdtempSync(join(tmpdir(), 'claimcheck-files-'));
  return {
    put: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
