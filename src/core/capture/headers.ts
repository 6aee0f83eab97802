/** A header of a request or a response, as the browser tells it. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** One side of an exchange, as far as tokens can stand in it. */
export interface Message {
  readonly url: string;
  readonly headers: readonly Header[];
}

/** All values of a header (RFC 9110 section 5.1: names compare without case), in order; Firefox's `\n` joins undone. */
export const headerValues = (headers: readonly Header[], name: string): readonly string[] => {
  const wanted = name.toLowerCase();
  return headers
    .filter(({ name: given }) => given.length === wanted.length && given.toLowerCase() === wanted)
    .flatMap(({ value }) => value.split('\n'));
};

/** The first value of a header, or undefined. */
export const headerValue = (headers: readonly Header[], name: string): string | undefined =>
  headerValues(headers, name)[0];
