import { percentDecode } from './percent.ts';
import { shorten } from './shorten.ts';

export interface Field {
  /** '' where there is no `=`. Cut to MAX_NAME. */
  readonly name: string;
  readonly value: string;
}

const decode = (text: string): string => percentDecode(text.replaceAll('+', ' '));

/** The fields of `application/x-www-form-urlencoded` text, as a query, some fragments and form bodies are. Never throws. */
export const formFields = (text: string): readonly Field[] =>
  text.split('&').map((field) => {
    const at = field.indexOf('=');
    return { name: at < 0 ? '' : shorten(decode(field.slice(0, at))), value: decode(field.slice(at + 1)) };
  });
