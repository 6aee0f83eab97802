/** Characters of a line (RFC 7468 section 2). */
const LINE = /.{1,64}/g;

/** Octets in PEM (RFC 7468), with a line break at the end. */
export const writePem = (label: string, octets: Uint8Array<ArrayBuffer>): string =>
  `-----BEGIN ${label}-----\n${octets.toBase64().match(LINE)?.join('\n')}\n-----END ${label}-----\n`;
