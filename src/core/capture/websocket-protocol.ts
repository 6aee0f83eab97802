/** Credentials that browsers can only put into a WebSocket's subprotocols, having no way to set a header. */
import { findTokens } from './find.ts';

/** Kubernetes (apiserver pkg/authentication/request/websocket): the token, base64url-encoded once more, behind this. */
const KUBERNETES = 'base64url.bearer.authorization.k8s.io.';

const decodeText = (encoded: string): string => {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(encoded, { alphabet: 'base64url' }));
  } catch {
    return encoded;
  }
};

/** What a `Sec-WebSocket-Protocol` carries: its tokens, and whether it has a bearer credential that is none. */
export const websocketTokens = (header: string): { readonly compacts: readonly string[]; readonly opaque: boolean } => {
  let opaque = false;
  const compacts = header.split(',').flatMap((item) => {
    const protocol = item.trim();
    const isBearer = protocol.startsWith(KUBERNETES);
    const text = isBearer ? decodeText(protocol.slice(KUBERNETES.length)) : protocol;
    const tokens = findTokens(text).map(({ start, end }) => text.slice(start, end));
    if (isBearer && tokens.length === 0) opaque = true;
    return tokens;
  });
  return { compacts, opaque };
};
