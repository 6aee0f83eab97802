import { createServer, type RequestListener } from 'node:http';

/** Auth.js' session alone takes 10 KB of cookies, and the hostile scenarios send headers of 256 KB; Node's limit is 16 KB. */
const LARGEST_HEADER_BYTES = 1024 * 1024;

export interface Listening {
  /** `http://<host>:<port>` */
  readonly origin: string;
  /** Gives the requests to a handler. Apart from listening, because an issuer must know its port before it is made. */
  serve(handler: RequestListener): void;
  close(): Promise<void>;
}

/** Listens on loopback, on a port (0: one that the system picks). `host` is the name it goes by. Rejects when it is taken. */
export const listen = (host: 'localhost' | '127.0.0.1', port: number): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = createServer({ maxHeaderSize: LARGEST_HEADER_BYTES });
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('not a TCP server'));
      resolve({
        origin: `http://${host}:${address.port}`,
        serve: (handler) => server.on('request', handler),
        close: () =>
          new Promise((closed, failed) => {
            server.close((error) => (error ? failed(error) : closed()));
            server.closeAllConnections();
          }),
      });
    });
  });
