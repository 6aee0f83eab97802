import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import express from 'express';
import { createAuthJs } from './authjs.ts';
import { createEcho } from './echo.ts';
import type { Desk } from './faults/desk.ts';
import { callbackOf, FLOWS, pathOf } from './flows.ts';
import { createPlaces } from './places.ts';
import { createSession } from './session.ts';

const page = (name: string): string => fileURLToPath(new URL(`./public/${name}`, import.meta.url));

/** What the page learns about the site it is part of; esbuild writes it in as the constant `SITE`. */
export interface PageSite {
  readonly issuer: string;
  readonly api: string;
  readonly audience: string;
}

/**
 * The single-page app, bundled in memory, with the sessions of its own origin: `/session` (HS256 cookie), `/auth`
 * (Auth.js), `/desk` with the page `/faults`, `/places`, and `/echo`.
 */
export const createApp = async (site: PageSite, desk: Desk): Promise<express.Express> => {
  const bundle = await build({
    entryPoints: [page('app.ts'), page('faults.ts'), page('places.ts')],
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    define: { SITE: JSON.stringify(site) },
  });
  const app = express().disable('x-powered-by');
  app.use('/session', createSession());
  app.use('/auth', createAuthJs());
  app.use(createEcho());
  for (const { path, text } of bundle.outputFiles) {
    app.get(path, (_request, response) => {
      response.type('text/javascript').send(text);
    });
  }
  app.use('/desk', desk.routes);
  app.use('/places', createPlaces());
  app.get('/faults', (_request, response) => response.sendFile(page('faults.html')));
  app.get('/style.css', (_request, response) => response.sendFile(page('style.css')));
  app.get(
    FLOWS.flatMap((flow) => [pathOf(flow), callbackOf(flow)]),
    (_request, response) => response.sendFile(page('index.html')),
  );
  return app;
};
