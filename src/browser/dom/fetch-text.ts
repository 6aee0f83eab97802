import { readAddress } from '../../core/trust/address.ts';
import type { FetchErrorCode, FetchedText } from '../../core/trust/key-set.ts';

/** Bytes: more than any set of keys has, and what the panel can hold of a server that never ends. */
export const MAX_ANSWER = 1_048_576;
/** ms, from the request to the answer's last byte. */
export const MAX_WAIT = 10_000;

const failed = (error: FetchErrorCode, detail?: string): FetchedText => ({ error, ...(detail && { detail }) });

/** The body as text, or undefined once it is over MAX_ANSWER; then no more of it is loaded. */
const readBody = async (body: ReadableStream<Uint8Array>): Promise<string | undefined> => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > MAX_ANSWER) {
      await reader.cancel().catch(() => undefined);
      return;
    }
    text += decoder.decode(value, { stream: true });
  }
};

const ask = async (url: URL, signal: AbortSignal): Promise<FetchedText> => {
  const response = await fetch(url.href, {
    method: 'GET',
    headers: { Accept: 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    // Where it leads the browser does not tell without asking there, and nobody agreed to that: not even on the same host.
    redirect: 'manual',
    signal,
  });
  if (response.type === 'opaqueredirect') return failed('redirect');
  if (response.status !== 200) {
    await response.body?.cancel();
    return failed('status', `${response.status}`);
  }
  const text = response.body ? await readBody(response.body) : '';
  return text === undefined ? failed('too_large') : { text };
};

/**
 * The one request that the extension makes: GET, without cookies, cache or referrer, to https or loopback.
 * @returns the answer's text, or a closed code; never rejects
 */
export const fetchText = async (address: string): Promise<FetchedText> => {
  const url = readAddress(address);
  if ('error' in url) return failed(url.error);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), MAX_WAIT);
  try {
    return await ask(url, abort.signal);
  } catch {
    return failed(abort.signal.aborted ? 'too_slow' : 'unreachable');
  } finally {
    clearTimeout(timer);
  }
};
