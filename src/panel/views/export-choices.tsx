import type { ExportFormat } from '../../core/report/exported.ts';
import { usePanel } from './panel-context.ts';
import { type ExportScope, entriesOf } from './use-export.ts';
import { useWords } from './words.ts';

const FORMATS: readonly ExportFormat[] = ['json', 'csv', 'markdown', 'har'];
const SCOPES: readonly ExportScope[] = ['all', 'shown', 'selected'];

/** In which form, and how much of the log. */
export const ExportChoices = ({
  format,
  scope,
  onFormat,
  onScope,
}: {
  format: ExportFormat;
  scope: ExportScope;
  onFormat: (format: ExportFormat) => void;
  onScope: (scope: ExportScope) => void;
}) => {
  const panel = usePanel();
  const { source } = panel;
  const words = useWords();
  const sizes = SCOPES.map((one) => entriesOf(panel, one).length);
  return (
    <div class="export-choices">
      <label>
        {source.text('export_format')}
        <select
          value={format}
          onChange={({ currentTarget: { value } }) => onFormat(FORMATS.find((one) => one === value) ?? format)}
        >
          {FORMATS.map((one) => (
            <option key={one} value={one}>
              {source.text(`export_format_${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {source.text('export_scope')}
        <select
          value={scope}
          onChange={({ currentTarget: { value } }) => onScope(SCOPES.find((one) => one === value) ?? scope)}
        >
          {SCOPES.map((one, index) => (
            <option key={one} value={one} disabled={sizes[index] === 0}>
              {source.text(`export_scope_${one}`, words.count('tokens', sizes[index] ?? 0))}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};
