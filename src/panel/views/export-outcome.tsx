import { usePanel } from './panel-context.ts';
import type { Made } from './use-export.ts';
import { useWords } from './words.ts';

/** What is in the file and what was taken out of it, or why there is none. */
export const ExportOutcome = ({ made, live }: { made: Made; live: boolean }) => {
  const { source } = usePanel();
  const words = useWords();
  const refused = made === 'failed' || (made && 'error' in made) ? made : undefined;
  if (refused) {
    return (
      <p class="warn" role="alert">
        {refused === 'failed'
          ? source.text('export_failed')
          : source.text(`export_error_${refused.error}`, String(refused.found))}
      </p>
    );
  }
  const counts = typeof made === 'object' && 'counts' in made ? made.counts : undefined;
  const what = counts && [words.count('tokens', counts.tokens), words.count('exchanges', counts.exchanges)];
  const { signatures = 0, tokens = 0, secrets = 0, paths = 0, claims = 0 } = counts?.replaced ?? {};
  const replaced = [signatures, tokens, secrets, paths, claims].map((many) => many.toLocaleString(source.language));
  return (
    <p class="counts" aria-live="polite">
      {what && (live ? source.text('export_counts_live', ...what) : source.text('export_counts', ...what, ...replaced))}
    </p>
  );
};
