// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { droppedText } from '../../../src/panel/model/dropped.ts';
import { pairFor, publicPem } from '../../fixtures/keys.ts';

const transfer = (files: readonly File[], text = ''): DataTransfer => {
  const dropped = new DataTransfer();
  Object.defineProperty(dropped, 'files', { value: files });
  dropped.getData = () => text;
  return dropped;
};

test('a text file is its text, without its byte order mark', async () => {
  const pem = publicPem(pairFor('ES256'));
  expect(await droppedText(transfer([new File([pem], 'key.pem')]))).toBe(pem);
  expect(await droppedText(transfer([new File(['\ufeffsecret'], 'key.txt')]))).toBe('secret');
});

test('octets that are no text come in base64: not UTF-8, or with a zero in them', async () => {
  const der = new Uint8Array(pairFor('ES256').publicKey.export({ type: 'spki', format: 'der' }));
  expect(await droppedText(transfer([new File([der], 'key.der')]))).toBe(Buffer.from(der).toString('base64'));
  const utf8 = new Uint8Array([0x30, 0x00, 0x41]);
  expect(await droppedText(transfer([new File([utf8], 'key.der')]))).toBe('MABB');
});

test('no more is read of a file than the key reader would read, and one character', async () => {
  const text = await droppedText(transfer([new File(['a'.repeat(3_000_000)], 'large')]));
  expect(text).toHaveLength(1_048_577);
});

test('without a file it is the text that was dragged; nothing is nothing', async () => {
  expect(await droppedText(transfer([], 'dragged'))).toBe('dragged');
  expect(await droppedText(null)).toBe('');
});

test('a file that went away is nothing', async () => {
  const gone = new File(['x'], 'gone');
  Object.assign(gone, { slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotFoundError')) }) });
  expect(await droppedText(transfer([gone]))).toBe('');
});
