import { createPanel } from '../browser/dom/devtools.ts';
import { witness } from '../browser/dom/witness.ts';

createPanel();
await witness();
