/** Runs the measures named, or all, prints a table, and writes the same to dist/bench.json. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureArrival } from './arrival.ts';
import { measureDecode } from './decode.ts';
import { measureExchanges } from './exchanges.ts';
import { measureFetches } from './fetches.ts';
import { type Figure, isMet } from './figure.ts';
import { measureHar } from './har.ts';
import { measureOpen } from './open.ts';
import { measurePanel } from './panel.ts';
import { measureRows } from './rows.ts';
import { measureScan } from './scan.ts';
import { tableOf } from './table.ts';
import { measureTimeline } from './timeline.ts';
import { measureVerify } from './verify.ts';
import { measureWake } from './wake.ts';
import { measureWeight } from './weight.ts';

const RESULT = 'dist/bench.json';

const MEASURES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  fetches: measureFetches,
  open: measureOpen,
  rows: measureRows,
  wake: measureWake,
  panel: measurePanel,
  exchanges: measureExchanges,
  timeline: measureTimeline,
  decode: measureDecode,
  scan: measureScan,
  verify: measureVerify,
  har: measureHar,
  arrival: measureArrival,
  weight: measureWeight,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in MEASURES));
if (unknown) {
  console.error(`There is no measure "${unknown}"; there are ${Object.keys(MEASURES).join(', ')}.`);
  process.exit(1);
}

const figures: Figure[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`${name} …`);
  figures.push(...(await measure()));
}

const [cpu] = cpus();
const machine = { node: process.version, cpu: cpu?.model, cores: cpus().length };
const told = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
writeFileSync(RESULT, `${JSON.stringify({ machine, figures: told }, null, 2)}\n`);
console.log(`\n${tableOf(figures)}\n\nwritten to ${RESULT}`);
