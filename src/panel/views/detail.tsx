import { MemberTable } from './member-table.tsx';
import { usePanel } from './panel-context.ts';
import { Problems } from './problems.tsx';
import { RawToken } from './raw-token.tsx';
import { Sightings } from './sightings.tsx';
import { SignatureSection } from './signature-section.tsx';
import { Verdict } from './verdict.tsx';

/** Everything about the selected token: the verdict first, then what it says, then where it was seen. */
export const Detail = () => {
  const { source, selected, log } = usePanel();
  log.revision.value;
  const entry = selected.value;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    document.querySelector<HTMLElement>('.list')?.focus();
  };

  if (!entry)
    return (
      <section class="detail" aria-label={source.text('detail_name')}>
        <p class="nothing">{source.text('detail_nothing')}</p>
      </section>
    );
  return (
    <section class="detail" aria-label={source.text('detail_name')} tabIndex={-1} onKeyDown={onKeyDown}>
      <Verdict entry={entry} />
      <RawToken entry={entry} />
      <Problems decoded={entry.decoded} />
      <MemberTable part="header" entry={entry} />
      <MemberTable part="payload" entry={entry} />
      <SignatureSection entry={entry} />
      <Sightings entry={entry} />
    </section>
  );
};
