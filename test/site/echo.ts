import express, { type RequestHandler } from 'express';

/** The values of a query parameter that may be repeated. */
const valuesOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');

const echo: RequestHandler = (request, response) => {
  const { cookie, header, location, status, body } = request.query;
  for (const text of valuesOf(cookie)) response.append('Set-Cookie', text);
  for (const text of valuesOf(header)) {
    const colon = text.indexOf(':');
    response.append(text.slice(0, colon), text.slice(colon + 1).trim());
  }
  // Not response.location(): it would re-encode the fragment, and the test says which bytes travel.
  for (const text of valuesOf(location)) response.set('Location', text);
  const [code = location === undefined ? '200' : '302'] = valuesOf(status);
  response.status(Number(code));
  const [text] = valuesOf(body);
  if (text !== undefined) {
    if (response.get('Content-Type') === undefined) response.type('text/plain');
    response.send(text);
    return;
  }
  // No values: a token would be in the answer's body, too, and each scenario says itself where one is.
  response.json({ method: request.method, path: request.path, headers: Object.keys(request.headers) });
};

/**
 * Answers as the query says: `status=401`, `cookie=a=b; Path=/` and `header=X-Token: …` (both may be repeated),
 * `location=/echo#id_token=…` (302 unless `status` says otherwise), `body=text`; without `body`, JSON of what it received, by name.
 */
export const createEcho = (): express.Router => express.Router().all('/echo', echo);
