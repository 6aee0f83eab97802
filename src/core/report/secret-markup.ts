/** Secrets by name in XML (`<password>…</password>`) and in command lines (`--password …`, `curl -u name:…`). */
import { mayStay } from './mask.ts';
import { isSecretName } from './secret-names.ts';

/** An element that holds text alone; of its name what stands behind the prefix (Namespaces in XML, section 4). */
const ELEMENT =
  /(<(?:[\w.-]{1,40}:)?([\w.-]{1,100})(?:\s[^<>]{0,1000})?>(?:<!\[CDATA\[)?)([^<>]{1,4096})(?=<\/|\]\]>)/g;
/** An option and its argument; one that begins with a hyphen is the next option. */
const OPTION = /((?:^|\s)--?([a-z][\w-]{1,40})[ \t]+["']?)([^\s"'-][^\s"']*)/gi;
/** A name and a password for cURL and HTTPie. */
const USER = /((?:^|\s)(?:-[ua]|--(?:proxy-)?user|--auth)[ \t=]{0,3}["']?[^\s:"']{1,100}:)([^\s"']+)/g;

/** The text without them. Linear; never throws. */
export const withoutMarkedSecrets = (text: string, mask: () => string): string => {
  const byName = (all: string, before: string, name: string, value: string): string =>
    isSecretName(name) && !mayStay(value) ? before + mask() : all;
  return text
    .replace(ELEMENT, byName)
    .replace(OPTION, byName)
    .replace(USER, (all, before: string, password: string) => (mayStay(password) ? all : before + mask()));
};
