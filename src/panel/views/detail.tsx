import { lazy } from './lazy.tsx';
import { usePanel } from './panel-context.ts';
import { Sightings } from './sightings.tsx';
import { SignatureSection } from './signature-section.tsx';
import { TokenBody } from './token-body.tsx';
import { disagreementsOf, useAgreement } from './use-agreement.ts';
import { Verdict } from './verdict.tsx';

const InnerTokens = lazy(() => import('./inner-tokens.tsx').then((module) => module.InnerTokens));
const Agreement = lazy(() => import('./agreement.tsx').then((module) => module.Agreement));

/** Everything about the selected token: the verdict first, then what it says, then where it was seen. */
export const Detail = () => {
  const { source, selected, log, signatures } = usePanel();
  log.revision.value;
  signatures.revision.value;
  const entry = selected.value;
  const agreement = useAgreement(entry);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    document.querySelector<HTMLElement>('.list')?.focus();
  };

  if (!entry)
    return (
      <section class="detail" aria-label={source.text('detail_name')}>
        <h1 class="spoken">{source.text('tab_tokens')}</h1>
        <p class="nothing">{source.text('detail_nothing')}</p>
      </section>
    );
  const [outermost, ...inner] = entry.opened?.layers ?? [{ decoded: entry.decoded }];
  return (
    <section class="detail" aria-label={source.text('detail_name')} tabIndex={-1} onKeyDown={onKeyDown}>
      <Verdict entry={entry} disagreements={disagreementsOf(source, entry, agreement)} />
      {agreement.length > 0 && <Agreement entry={entry} uses={agreement} />}
      <TokenBody entry={entry} layer={outermost} />
      {inner.length > 0 && <InnerTokens entry={entry} layers={inner} />}
      <SignatureSection entry={entry} />
      <Sightings entry={entry} />
    </section>
  );
};
