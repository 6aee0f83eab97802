import { parseCookie } from 'cookie';
import express from 'express';
import jsonwebtoken from 'jsonwebtoken';

/** Known to everyone, so that it can be pasted into the panel. */
export const SESSION_SECRET = 'correct horse battery staple, and 8 bytes';

export const SESSION_COOKIE = 'shop_session';

const SESSION_SECONDS = 900;

/** A session as many Express apps keep it: an HS256 token from jsonwebtoken in an HttpOnly cookie. */
export const createSession = (): express.Router =>
  express
    .Router()
    .post('/login', (_request, response) => {
      const token = jsonwebtoken.sign({ cart: ['tea', 'teapot'], tier: 'gold' }, SESSION_SECRET, {
        algorithm: 'HS256',
        subject: 'alice',
        issuer: 'demo-shop',
        expiresIn: SESSION_SECONDS,
      });
      response.cookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'lax', maxAge: SESSION_SECONDS * 1000 });
      response.json({ ok: true });
    })
    .get('/me', (request, response) => {
      try {
        const token = parseCookie(request.get('Cookie') ?? '')[SESSION_COOKIE] ?? '';
        response.json(jsonwebtoken.verify(token, SESSION_SECRET, { algorithms: ['HS256'] }));
      } catch (error) {
        if (!(error instanceof jsonwebtoken.JsonWebTokenError)) throw error;
        response.status(401).json({ error: error.message });
      }
    });
