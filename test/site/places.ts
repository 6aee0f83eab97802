import { fileURLToPath } from 'node:url';
import express from 'express';
import jsonwebtoken from 'jsonwebtoken';
import { SESSION_SECRET } from './session.ts';

/** An hour: nothing here is to expire while one looks. */
const LIFE_SECONDS = 3600;

/** A token that names its place in `sub`. */
const tokenFor = (sub: string): string =>
  jsonwebtoken.sign({ sub }, SESSION_SECRET, { algorithm: 'HS256', issuer: 'demo-places', expiresIn: LIFE_SECONDS });

/** What a picture begins with. */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);

const WORKER = `onmessage = ({ data, ports: [port] }) => {
  fetch('/places/graphql', { method: 'POST', headers: { Authorization: 'Bearer ' + data }, body: '{}' })
    .then(({ status }) => port.postMessage(status));
}`;

const page = fileURLToPath(new URL('./public/places.html', import.meta.url));

/**
 * What the page `/places` needs to have a token at every place that an app keeps or sends one: each answers with or takes a
 * token whose `sub` names the place.
 */
export const createPlaces = (): express.Router =>
  express
    .Router()
    .get('/', (_request, response) => response.sendFile(page))
    // As text in the address, so that no body brings it: what the page then does with it is the place.
    .get('/token', (request, response) => {
      response.set('X-Token', tokenFor(String(request.query.sub))).end();
    })
    .get('/json', (_request, response) => {
      response.json({ data: { session: { access_token: tokenFor('json') } } });
    })
    .get('/nested', (_request, response) => {
      response.json({ message: { body: JSON.stringify({ tokens: [{ value: tokenFor('nested') }] }) } });
    })
    .get('/html', (_request, response) => {
      response.type('html').send(`<!doctype html><script>window.state = {"user":"${tokenFor('html')}"}</script>`);
    })
    .get('/script', (_request, response) => {
      response.type('text/javascript').send(`export const token = '${tokenFor('script')}';`);
    })
    .get('/events', (_request, response) => {
      response.type('text/event-stream').send(`event: token\ndata: {"token":"${tokenFor('events')}"}\n\n`);
    })
    .get('/picture', (_request, response) => {
      response.type('image/png').send(Buffer.concat([PNG, Buffer.alloc(1000)]));
    })
    .post('/form', (_request, response) => response.status(204).end())
    .post('/upload', (_request, response) => response.status(204).end())
    .post('/graphql', (_request, response) => response.json({ data: {} }))
    .post('/cookie', (_request, response) => {
      // A path that nothing is under: only the jar has it.
      response.cookie('kept', tokenFor('jar'), { httpOnly: true, sameSite: 'strict', path: '/places/never' });
      response.cookie('sent', tokenFor('cookie'), { httpOnly: true, sameSite: 'lax', path: '/places' });
      response.end();
    })
    .get('/redirect', (_request, response) => {
      // Without the body that express would write, which has the address too.
      response
        .status(302)
        .set('Location', `/places/frame#id_token=${tokenFor('redirect')}&state=1`)
        .end();
    })
    .get('/frame', (_request, response) => {
      response.type('html').send('<!doctype html><title>frame</title>');
    })
    .get('/worker.js', (_request, response) => response.type('text/javascript').send(WORKER));
