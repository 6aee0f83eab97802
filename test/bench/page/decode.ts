import { decodeJwt, decodeProtectedHeader } from 'jose';
import { jwtDecode } from 'jwt-decode';
import { decode } from '../../../src/core/token/decode.ts';
import { rounds, timed } from '../rounds.ts';

const utf8 = new TextDecoder();
const readBare = (segment = ''): unknown =>
  JSON.parse(utf8.decode(Uint8Array.fromBase64(segment, { alphabet: 'base64url' })));

export const run = (tokens: readonly string[], perPass: number, count: number) => {
  /** Passes over the next tokens each time. What was read is kept meanwhile, so that no engine finds it useless. */
  const passOver = (read: (token: string) => unknown) => {
    let from = 0;
    return () => {
      const some = tokens.slice(from, from + perPass);
      from = (from + perPass) % tokens.length;
      const kept: unknown[] = [];
      return timed(() => {
        for (const token of some) kept.push(read(token));
      });
    };
  };
  return rounds(
    {
      claimcheck: passOver(decode),
      bare: passOver((token) => {
        const [header, payload] = token.split('.');
        return [readBare(header), readBare(payload)];
      }),
      jose: passOver((token) => [decodeProtectedHeader(token), decodeJwt(token)]),
      jwtDecode: passOver((token) => [jwtDecode(token, { header: true }), jwtDecode(token)]),
    },
    count,
  );
};
