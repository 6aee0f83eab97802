import type { RequestHandler } from 'express';

/** Lets pages of any loopback origin call with credentials and any header, and read every header of the answer. */
export const allowCors: RequestHandler = (request, response, next) => {
  const origin = request.get('Origin');
  if (origin !== undefined) {
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': request.get('Access-Control-Request-Headers') ?? '',
      // `*` is no wildcard for requests with credentials.
      'Access-Control-Expose-Headers': 'WWW-Authenticate, Date, DPoP-Nonce',
      Vary: 'Origin',
    });
  }
  if (request.method === 'OPTIONS') {
    response.sendStatus(204);
    return;
  }
  next();
};
