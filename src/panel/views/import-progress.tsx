import { shortName } from '../model/file-name.ts';
import type { Imported } from '../model/imported.ts';
import type { Model } from '../model/model.ts';
import { usePanel } from './panel-context.ts';
import { useWords } from './words.ts';

const MEGA = 1_000_000;
const KILO = 1000;

/** Octets as files are measured: `12 MB`, `3.4 kB`. */
const sizeText = (octets: number, language: string): string => {
  const [value, unit] = octets >= MEGA ? [octets / MEGA, 'megabyte'] : [octets / KILO, 'kilobyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value,
  );
};

/** What came out of the file so far. */
export const ImportCounts = ({ model }: { model: Model }) => {
  const words = useWords();
  const { log } = model;
  log.revision.value;
  return (
    <span>
      {words.count('tokens', log.entries.value.length)} · {words.count('exchanges', log.size())}
    </span>
  );
};

/** How far the reading of a file is, in octets. */
export const ImportProgress = ({ imported }: { imported: Imported }) => {
  const { source } = usePanel();
  const [read, size] = [Math.min(imported.read.value, imported.size), imported.size];
  return (
    <>
      <progress
        max={Math.max(1, size)}
        value={read}
        aria-label={source.text('import_reading', shortName(imported.name))}
      />
      <span class="dim">
        {imported.state.value === 'waiting'
          ? source.text('import_waiting')
          : source.text('import_read_of', sizeText(read, source.language), sizeText(size, source.language))}
      </span>
    </>
  );
};
