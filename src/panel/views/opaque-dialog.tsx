import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';
import { hostAndPath, wholeUrl } from './url-text.ts';
import { VisibleText } from './visible-text.tsx';

/** The newest ones; a page that polls sends thousands alike. */
const MAX_SHOWN = 200;

/** Credentials that are no tokens: where they went, and what they are called. Their values were never kept. */
export const OpaqueDialog = ({ onClose }: { onClose: () => void }) => {
  const { source, log, dates, now } = usePanel();
  log.revision.value;
  const newest = log
    .records()
    .exchanges.flatMap((exchange) => (exchange.opaque ?? []).map((name) => ({ exchange, name })))
    .sort((a, b) => b.exchange.start - a.exchange.start)
    .slice(0, MAX_SHOWN);
  return (
    <Modal title={source.text('opaque_title')} onClose={onClose}>
      <p class="dim">{source.text('opaque_hint')}</p>
      <ul class="seen" aria-label={source.text('opaque_title')}>
        {newest.map(({ exchange, name }, index) => (
          <li key={index}>
            <span class="dim">{dates.local(exchange.start, now.peek())}</span>
            <span class="dim">{exchange.status ?? ''}</span>
            <span class="cut" title={wholeUrl(exchange.url)}>
              {exchange.method} <VisibleText text={hostAndPath(exchange.url)} />
            </span>
            <span class="dim cut">
              <VisibleText text={name} />
            </span>
          </li>
        ))}
      </ul>
    </Modal>
  );
};
