import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectMarionette } from './marionette.ts';
import { poll, within } from './poll.ts';
import type { Folders } from './profile.ts';

/** A first start writes its profile, on two busy cores. */
const START_MS = 60_000;

export interface Firefox {
  /** A command to the tab, panel or page that `focus` makes the current one; nothing comes in between. */
  at<T>(focus: () => Promise<unknown>, work: (send: Send) => Promise<T>): Promise<T>;
  /** Runs the body of an async function in the browser's own privileged scope; `args` are its `arguments`. */
  privileged(body: string, ...args: unknown[]): Promise<unknown>;
  /** Makes the browsing context that the body returns the current one. Only within `at`. */
  focusOn(body: string, ...args: unknown[]): Promise<unknown>;
  readonly send: Send;
  quit(): Promise<void>;
}

export type Send = (name: string, params?: object) => Promise<unknown>;

export const startFirefox = async (
  executable: string,
  folders: Folders,
  headless: boolean,
  prefs: Readonly<Record<string, string | number | boolean>>,
): Promise<Firefox> => {
  mkdirSync(folders.profile);
  mkdirSync(folders.downloads);
  const lines = Object.entries({
    'marionette.port': 0,
    'remote.prefs.recommended': true,
    'browser.download.folderList': 2,
    'browser.download.dir': folders.downloads,
    'browser.download.useDownloadDir': true,
    ...prefs,
  }).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(folders.profile, 'user.js'), lines.join(''));

  const mode = headless ? ['--headless'] : [];
  const child = spawn(
    executable,
    [...mode, '--no-remote', '--profile', folders.profile, '--marionette', '--remote-allow-system-access'],
    { env: { ...process.env, HOME: folders.profile }, stdio: 'ignore' },
  );
  const exit = once(child, 'exit');
  const kill = () => child.kill('SIGKILL');
  folders.removeAtExit(kill);
  const connect = async () => {
    const portFile = join(folders.profile, 'MarionetteActivePort');
    const port = await poll(
      `Firefox to write ${portFile}`,
      async () => {
        if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
        return existsSync(portFile) && Number(readFileSync(portFile, 'utf8'));
      },
      START_MS,
    );
    const marionette = await connectMarionette(port);
    const session = await marionette.send('WebDriver:NewSession', { acceptInsecureCerts: true });
    return { ...marionette, sessionId: (session as { sessionId: string }).sessionId };
  };
  const { send, alone, end, sessionId } = await connect().catch((error: unknown) => {
    kill();
    throw error;
  });

  const inChrome = async (body: string, args: readonly unknown[]) => {
    await send('Marionette:SetContext', { value: 'chrome' });
    try {
      const script = `return (async function () { ${body} }).apply(null, arguments)`;
      return await send('WebDriver:ExecuteScript', { script, args, sandbox: 'system' });
    } finally {
      await send('Marionette:SetContext', { value: 'content' });
    }
  };
  return {
    send,
    at: (focus, work) =>
      alone(async () => {
        await focus();
        return work(send);
      }),
    privileged: (body, ...args) => alone(() => inChrome(body, args)),
    focusOn: (body, ...args) =>
      inChrome(
        `const { getWebDriverSessionById } =
           ChromeUtils.importESModule('chrome://remote/content/shared/webdriver/Session.sys.mjs');
         const context = await (async function () { ${body} }).apply(null, arguments);
         if (!context) throw new Error('the document is gone');
         getWebDriverSessionById(${JSON.stringify(sessionId)}).contentBrowsingContext = context;`,
        args,
      ),
    quit: async () => {
      try {
        if (child.exitCode === null) await alone(() => send('Marionette:Quit', { flags: ['eAttemptQuit'] }));
        await within('the end of Firefox', exit);
      } finally {
        end();
        kill();
      }
    },
  };
};
