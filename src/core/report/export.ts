import type { Exported, ExportFormat, ExportOptions, Log } from './exported.ts';
import { shortKeySecrets } from './key-secrets.ts';
import { namesOf } from './log-names.ts';
import { maskedValues } from './masked-values.ts';
import { type Outgoing, partOf, withoutKeys } from './outgoing.ts';
import { leakScanner } from './proof.ts';
import { redactor } from './redact.ts';
import { secretsOf } from './secrets.ts';
import { writeCsv } from './write-csv.ts';
import { writeHar } from './write-har.ts';
import { writeJson } from './write-json.ts';
import { writeMarkdown } from './write-markdown.ts';

/*
 * The way of an export: the names and the secrets of the whole log ──▶ the part that goes out ──▶ its file, which a
 * writer for each format makes of what the redactor lets through ──▶ the proof, which knows nothing of the two before it.
 * What the formats are like stands with their writers; import reads `write-json.ts`.
 */
const WRITERS: Readonly<Record<ExportFormat, (outgoing: Outgoing) => string>> = {
  json: writeJson,
  csv: writeCsv,
  markdown: writeMarkdown,
  har: writeHar,
};

export type { Exported, ExportOptions, Log } from './exported.ts';

/**
 * The captured log, or a part of it, as the text of a file. Redacted unless `live`: no signature, no disclosure, no
 * encrypted part, no compact token and no part of one, wherever it stood, no authorization code, nothing of the person's
 * own keys; header and claims stay readable. The finished text is searched for each of these, of the whole log, before it
 * is given out. Pure, never throws; linear in the size of the log.
 */
export function exportLog(log: Log, options: ExportOptions): Exported {
  const { live, only, maskClaims = [], format = 'json' } = options;
  const names = namesOf(log);
  const scan = leakScanner(live ? [] : secretsOf(log, options.keys));
  const values = maskedValues(log, live ? [] : maskClaims);
  const words = live ? [] : (options.keys ?? []).flatMap(shortKeySecrets);
  const redact = live ? undefined : redactor(names.compacts, scan, values, new Set(words));
  const chosen = partOf(log, only);
  const part = redact ? withoutKeys(chosen, redact) : chosen;
  let signatures = 0;
  const unsigned = () => {
    signatures += 1;
  };
  const text = WRITERS[format]({ ...part, names, options, values, unsigned, ...(redact && { redact }) });

  const found = scan(text).length;
  if (found > 0) return { error: 'leak', found };
  const { tokens, exchanges, sightings } = part;
  const counts = { tokens: tokens.length, exchanges: exchanges.length, sightings: sightings.length };
  const replaced = { signatures, ...(redact?.replaced() ?? { tokens: 0, secrets: 0, paths: 0, claims: 0 }) };
  return { text, counts: { ...counts, replaced } };
}
