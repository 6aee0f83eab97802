/** Bytes read of a dropped file: the bound of the key reader, and one more so that it can say so. */
const MAX_FILE = 1_048_577;

/** Text as it stands; what is not text (DER: not UTF-8, or with a zero octet in it) in base64, which the key reader takes too. */
const textOf = (bytes: Uint8Array<ArrayBuffer>): string => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? bytes.toBase64() : text;
  } catch {
    return bytes.toBase64();
  }
};

/**
 * What was dropped, as text for the key box: the first file, of which a bounded part is read, else the dragged text.
 * A file that cannot be read gives ''.
 */
export const droppedText = async (dropped: DataTransfer | null): Promise<string> => {
  const file = dropped?.files[0];
  if (!file) return dropped?.getData('text/plain') ?? '';
  try {
    return textOf(new Uint8Array(await file.slice(0, MAX_FILE).arrayBuffer()));
  } catch {
    return '';
  }
};
