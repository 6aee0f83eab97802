import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { readAddress } from '../../core/trust/address.ts';
import { discoveryAddresses } from '../../core/trust/discovery.ts';
import type { GotKeys, getKeys, KeysAddress } from '../../core/trust/get-keys.ts';
import { short, someNames } from './key-words.ts';
import { usePanel } from './panel-context.ts';
import { useWords } from './words.ts';

/** Characters of an address that are shown: whole, for all that anybody means to ask. */
const MAX_SHOWN = 2048;

type State = { readonly at: 'idle' } | { readonly at: 'busy' } | { readonly at: 'full' } | (GotKeys & { at: 'told' });

const shownUrl = (url: string) => short(url, MAX_SHOWN);

/** What came of it, as one sentence. */
const useOutcome = () => {
  const { source } = usePanel();
  const words = useWords();
  return (state: State, host: string): string => {
    if (state.at === 'idle') return '';
    if (state.at === 'busy') return source.text('get_keys_busy', host);
    if (state.at === 'full') return source.text('key_not_kept');
    switch (state.state) {
      case 'got': {
        const count = words.count('keys', state.count);
        const kept =
          state.kids.length === 0
            ? source.text('get_keys_kept_nameless', count)
            : source.text('get_keys_kept', count, someNames(state.kids));
        return state.skipped === 0
          ? kept
          : `${kept} ${source.text('get_keys_skipped', words.count('keys', state.skipped))}`;
      }
      case 'elsewhere':
        return source.text('get_keys_elsewhere', shownUrl(state.jwksUri));
      case 'failed':
        return source.text(`fetch_${state.code}`, short(state.detail, MAX_SHOWN), shownUrl(state.url));
    }
  };
};

/**
 * "Get keys from …": names the address that is asked first, and asks no sooner than it is pressed. An address that may not
 * be asked says why, where a person typed it; one that a token names stays silent.
 */
export const GetKeys = ({ address }: { address: KeysAddress }) => {
  const { source, access } = usePanel();
  const outcome = useOutcome();
  const [state, setState] = useState<State>({ at: 'idle' });
  const verb = useRef<typeof getKeys>(undefined);
  const described = useId();
  useEffect(() => {
    void import('../../core/trust/trust.ts').then((trust) => {
      verb.current = trust.getKeys;
    });
  }, []);

  const named = 'url' in address ? address.url : address.issuer;
  const asked = readAddress(named);
  const first = 'url' in address ? !('error' in asked) && asked.href : discoveryAddresses(address.issuer)[0];
  if ('error' in asked || !first) {
    if (!('url' in address)) return null;
    return (
      <p class="warn">{source.text(`fetch_${'error' in asked ? asked.error : 'address'}`, '', shownUrl(named))}</p>
    );
  }

  const ask = async () => {
    if (state.at === 'busy') return;
    setState({ at: 'busy' });
    // Had before the click where it can be: Firefox lets an extension ask for access only while it handles one.
    const get = verb.current ?? (await import('../../core/trust/trust.ts')).getKeys;
    const got = await get(address, source.fetchText);
    try {
      if (got.state === 'got') await source.keepKeySet(got.set);
      setState({ at: 'told', ...got });
    } catch {
      setState({ at: 'full' });
    }
  };

  return (
    <div class="get-keys">
      <button type="button" class="link" aria-disabled={state.at === 'busy'} aria-describedby={described} onClick={ask}>
        {source.text('get_keys', asked.host)}
      </button>{' '}
      <span class="dim" id={described}>
        {source.text('get_keys_asks', shownUrl(first))}
      </span>
      <output class={state.at === 'told' && state.state === 'failed' ? 'warn' : undefined}>
        {outcome(state, asked.host)}
      </output>
      {state.at === 'told' && state.state === 'failed' && state.code === 'unreachable' && !access.value && (
        <button type="button" class="link warn" onClick={() => source.requestAccess()}>
          {source.text('empty_grant')}
        </button>
      )}
      {state.at === 'told' && state.state === 'elsewhere' && (
        <GetKeys key={state.jwksUri} address={{ url: state.jwksUri, issuer: state.issuer }} />
      )}
    </div>
  );
};
