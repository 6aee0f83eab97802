import { createPanel } from '../browser/dom/devtools.ts';
import { witnessKeys } from '../browser/dom/key-witness.ts';
import { witness } from '../browser/dom/witness.ts';

createPanel();
witnessKeys();
await witness();
