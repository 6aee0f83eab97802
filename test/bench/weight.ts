import { runStep } from '../run/step.mjs';
import { type Figure, within } from './figure.ts';

/** Of what size-limit tells of each set of files in .size-limit.mjs. */
interface Weight {
  readonly name: string;
  readonly size: number;
  readonly sizeLimit: number;
}

const LIMIT_MS = 60_000;
const BYTES_PER_KB = 1000;

/** What the browser loads at first, gzipped, as `npm run check` holds it. */
export const measureWeight = async (): Promise<readonly Figure[]> => {
  const { output } = await runStep('size-limit --json', { limit: LIMIT_MS });
  const weights: readonly Weight[] = JSON.parse(output.slice(output.indexOf('[\n'), output.lastIndexOf(']') + 1));
  return weights.map(({ name, size, sizeLimit }) =>
    within(`weight of the ${name}, gzipped`, 'KB', size / BYTES_PER_KB, sizeLimit / BYTES_PER_KB),
  );
};
