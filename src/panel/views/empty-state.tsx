import { usePanel } from './panel-context.ts';
import { useTakeText } from './use-take-text.ts';
import { useWords } from './words.ts';

/** The example of RFC 7519 section 3.1, which expired in 2011; its key is in RFC 7515 appendix A.1. */
const SAMPLE =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

/** What stands in the way of a token being here. */
export const WhyNothing = () => {
  const { source, settings, access, log, open } = usePanel();
  const words = useWords();
  const { requests, opaque } = log.counts.value;
  return (
    <ul class="reasons">
      {settings.value.paused && (
        <li>
          <span aria-hidden="true">⏸ </span>
          {source.text('empty_paused')}{' '}
          <button type="button" class="link" onClick={() => source.saveSettings({ paused: false })}>
            {source.text('toolbar_resume')}
          </button>
        </li>
      )}
      {!access.value && (
        <li>
          <span aria-hidden="true">⚠ </span>
          {source.text('empty_no_access')}{' '}
          <button type="button" class="link" onClick={() => source.requestAccess()}>
            {source.text('empty_grant')}
          </button>
        </li>
      )}
      <li>
        {requests > 0
          ? source.text('empty_nothing_in', words.count('requests', requests))
          : source.text('empty_no_requests')}
        {opaque > 0 && (
          <>
            {' '}
            <button type="button" class="link" onClick={() => open('opaque')}>
              {source.text('empty_opaque', words.count('opaque', opaque))}
            </button>
          </>
        )}
      </li>
    </ul>
  );
};

/** What will appear here, and why nothing has. */
export const EmptyState = () => {
  const { source, imported, open, complaint } = usePanel();
  const take = useTakeText();
  return (
    <main class="empty">
      {source.accessPage ? (
        <>
          <h1>{source.text('access_title')}</h1>
          <p>{source.text('access_body')}</p>
          <p>
            <button type="button" class="primary" onClick={() => source.requestAccess()}>
              {source.text('empty_grant')}
            </button>
          </p>
        </>
      ) : (
        <>
          <h1>{source.text(imported ? 'empty_file_title' : source.captures ? 'empty_title' : 'empty_page_title')}</h1>
          <p>{source.text(imported ? 'empty_file_body' : source.captures ? 'empty_body' : 'empty_page_body')}</p>
          {complaint.value !== '' && (
            <p class="warn alert" role="alert">
              {complaint.value}
            </p>
          )}
          {source.captures && <WhyNothing />}
          <p class="buttons">
            <button type="button" class="primary" onClick={() => open('paste')}>
              {source.text('empty_paste')}
            </button>
            <button type="button" onClick={() => open('import')}>
              {source.text('import_button')}
            </button>
            <button type="button" onClick={() => take(SAMPLE, 'paste')}>
              {source.text('empty_sample')}
            </button>
          </p>
          <p class="dim">{source.text('empty_local')}</p>
        </>
      )}
    </main>
  );
};
