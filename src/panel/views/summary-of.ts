import type { Summary } from '../../core/judge/saying.ts';
import { summarise } from '../../core/judge/summary.ts';
import type { TimeAnswer } from '../../core/judge/verdict.ts';
import { doubtAbout } from '../model/doubts.ts';
import type { Entry } from '../model/log.ts';
import type { Model } from '../model/model.ts';
import { decryptionOf, sdOf, signatureOf } from '../model/opened.ts';
import { whyOf } from './why-evidence.tsx';

/**
 * The one sentence about a token, of all that is known of it; to be read after `signatures.revision`.
 * @param disagreements of a DPoP proof with its request, where that was looked at
 */
export const summaryOf = (model: Model, entry: Entry, time: TimeAnswer, disagreements?: readonly string[]): Summary => {
  const { opened, decoded, kind, lastSent, lastShared } = entry;
  const signature = signatureOf(opened);
  const decryption = decryptionOf(opened);
  const sd = sdOf(opened);
  const parts = opened?.layers[0].parts;
  const why = whyOf(model, entry);
  const doubt = doubtAbout(entry, signature, model.keys.value);
  return summarise({
    ...{ decoded, time, kind, shared: lastShared },
    ...(signature && { signature }),
    ...(doubt && { doubt }),
    ...(decryption && { decryption }),
    ...(sd && { sd }),
    ...(parts && { parts }),
    ...(disagreements && { disagreements }),
    ...(lastSent && { lastExchange: lastSent }),
    ...(why && { why }),
  });
};
