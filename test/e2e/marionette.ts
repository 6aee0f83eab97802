/** Firefox's own automation protocol: `<byte length>:<json>` over TCP, requests `[0, id, name, params]`. */
import { connect } from 'node:net';
import { within } from './poll.ts';

/** Longer than any script may take inside (30 s), so that Firefox's own error comes first. */
const COMMAND_MS = 45_000;
const COLON = 58;

type Answer = [type: 1, id: number, error: { error: string; message: string } | null, result: unknown];

export interface Marionette {
  /** Sends a command, resolves with its result or the `value` in it. */
  send(name: string, params?: object): Promise<unknown>;
  /** Runs the work while no other work runs: the protocol has one current context for all. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  end(): void;
}

export const connectMarionette = async (port: number): Promise<Marionette> => {
  const socket = connect(port, '127.0.0.1');
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let received = Buffer.alloc(0);
  let count = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const settle = ([, id, error, result]: Answer) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(`${error.error}: ${error.message}`));
    else call?.resolve(result && typeof result === 'object' && 'value' in result ? result.value : result);
  };
  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const hello = new Promise<void>((resolve, reject) => {
    socket.on('error', (error) => {
      reject(error);
      failAll(error);
    });
    socket.on('close', () => failAll(new Error('Firefox closed the connection')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (;;) {
        const colon = received.indexOf(COLON);
        const end = colon + 1 + Number(received.subarray(0, Math.max(colon, 0)));
        if (colon < 0 || received.length < end) return;
        const message: unknown = JSON.parse(received.toString('utf8', colon + 1, end));
        received = received.subarray(end);
        if (Array.isArray(message)) settle(message as Answer);
        else resolve();
      }
    });
  });
  await within('the hello of Marionette', hello);

  return {
    send: (name, params = {}) => {
      count += 1;
      const id = count;
      const answer = new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        const json = JSON.stringify([0, id, name, params]);
        socket.write(`${Buffer.byteLength(json)}:${json}`);
      });
      return within(`${name} in Firefox`, answer, COMMAND_MS);
    },
    alone: (work) => {
      const turn = queue.then(work);
      queue = turn.catch(() => undefined);
      return turn;
    },
    end: () => socket.destroy(),
  };
};
