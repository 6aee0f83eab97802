import type { KeyError, PublicKey } from './key.ts';
import { MAX_KEYS, TOO_MANY } from './max-keys.ts';
import { readSshKey } from './ssh-wire.ts';

type Read = PublicKey | KeyError;

const TYPES = String.raw`(?:ssh-(?:rsa|dss|ed25519|ed448|xmss)|ecdsa-sha2-nistp\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256))(?:-cert-v01)?(?:@openssh\.com)?`;

/** Every blob begins with the length of its type, three zero octets: `AAAA`. A secret hardly has both one after the other. */
const LINE = new RegExp(String.raw`(?:^|[\s,"])${TYPES}\s+AAAA`, 'm');
const TYPE = new RegExp(`^${TYPES}$`);

/** A blob on its own: behind the length stands `ssh-`, `ecdsa-` or `sk-`. */
const BARE = /^AAAA[A-Z](?:[3X]NzaC1|2VjZHNhL|nNrL[XW])/;

const SSH2 = 'SSH2 PUBLIC KEY';
const BEGIN = `---- BEGIN ${SSH2} ----`;
const END = `---- END ${SSH2} ----`;
const isSsh2 = (text: string): boolean => text.includes(BEGIN) || text.includes(END);

const readBlob = (base64: string): Read => {
  try {
    return readSshKey(Uint8Array.fromBase64(base64), 'openssh');
  } catch {
    return { error: 'openssh' };
  }
};

/** Where the first word ends; in its quotes white space does not count (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
const endOfWord = (line: string): number => {
  let quoted = false;
  let at = 0;
  for (; at < line.length && (quoted || (line[at] !== ' ' && line[at] !== '\t')); at++) {
    if (line[at] === '\\' && quoted) at++;
    else if (line[at] === '"') quoted = !quoted;
  }
  return at;
};

/** `type base64 comment`, after the options of an authorized_keys file or the host of a known_hosts file, if any. */
const readLine = (line: string): Read | undefined => {
  if (line === '' || line.startsWith('#')) return;
  const first = endOfWord(line);
  const rest = TYPE.test(line.slice(0, first)) ? line : line.slice(first).trimStart();
  const [type = '', blob = ''] = rest.split(/[ \t]+/, 2);
  return TYPE.test(type) ? readBlob(blob) : { error: 'openssh' };
};

/** RFC 4716: headers, of which a line that ends in `\` goes on in the next one, then base64. */
const readSsh2 = (text: string): readonly Read[] => {
  const keys: Read[] = [];
  let at = text.indexOf(BEGIN);
  if (at < 0) return [{ error: 'pem_cut', detail: SSH2 }];
  while (at >= 0) {
    if (keys.length >= MAX_KEYS) return [...keys, TOO_MANY];
    const end = text.indexOf(END, at);
    if (end < 0) return [...keys, { error: 'pem_cut', detail: SSH2 }];
    const lines = text
      .slice(at + BEGIN.length, end)
      .replace(/\\\r?\n/g, '')
      .split('\n');
    keys.push(readBlob(lines.filter((line) => !line.includes(':')).join('')));
    at = text.indexOf(BEGIN, end);
  }
  return keys;
};

/** Whether there is a public key of SSH in `text`, which has no white space around it. */
export const isOpenSsh = (text: string): boolean => LINE.test(text) || isSsh2(text) || BARE.test(text);

/**
 * Every public key of `text`: lines as `ssh-keygen` writes them and authorized_keys and known_hosts files hold them, a
 * blob without its type before it, or the blocks of RFC 4716. At most MAX_KEYS of them.
 * Errors: those of `readSshKey`, `openssh` for a line that is none, `pem_cut` for a block without its end, `too_many`.
 */
export const readOpenSsh = (text: string): readonly Read[] => {
  if (isSsh2(text)) return readSsh2(text);
  if (!LINE.test(text)) return [readBlob(text)];
  const keys: Read[] = [];
  for (const line of text.split('\n')) {
    const read = readLine(line.trim());
    if (read && keys.length >= MAX_KEYS) return [...keys, TOO_MANY];
    if (read) keys.push(read);
  }
  return keys;
};
