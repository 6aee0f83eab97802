/** All that a person did to a token, as plain data. Pure. */
import type { Texts } from './workbench-compose.ts';
import type { HeldMode } from './workbench-mode.ts';
import { type EncryptionSettings, NO_ENCRYPTION } from './workbench-outer.ts';
import type { KeyChoice } from './workbench-shape.ts';
import type { Beginning } from './workbench-start.ts';
import type { HeldKey } from './workbench-typed-key.ts';

export interface Draft {
  readonly begun: Beginning;
  readonly texts: Texts;
  readonly mode: HeldMode;
  readonly encryption: EncryptionSettings;
}

/** With the keys that it goes on with. */
export interface LeftDraft extends Draft {
  readonly key: HeldKey;
  readonly choice: KeyChoice;
  readonly encryptionKey: HeldKey;
}

/** Before anybody did anything. */
export const untouched = (begun: Beginning): Draft => ({
  begun,
  texts: begun,
  mode: { mode: begun.mode },
  encryption: { ...NO_ENCRYPTION, ...begun.encryption },
});

const stateOf = ({ texts: { header, payload }, mode: { mode }, encryption }: Draft): string =>
  JSON.stringify([header, payload, mode, Object.entries(encryption).sort()]);

/** Whether anything would be lost with it; a key that was typed is none of it, since it stays for the next token. */
export const isChanged = (draft: Draft): boolean => stateOf(draft) !== stateOf(untouched(draft.begun));
