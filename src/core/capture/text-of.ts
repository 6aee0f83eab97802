/** What DevTools gave as text; '' where it is no base64. Never throws. */
export const textOf = (content: string, base64 = false): string => {
  if (!base64) return content;
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(content));
  } catch {
    return '';
  }
};
