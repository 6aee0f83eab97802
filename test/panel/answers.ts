/** The four answers on screen, by name. */
import { all } from './screen.ts';

export const answers = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    all('[aria-label=Verdict] li').map((li) => [
      li.querySelector('strong')?.lastChild?.textContent ?? '',
      li.querySelector('small')?.textContent ?? '',
    ]),
  );

/** How an answer is marked: `✓ good`. */
export const mark = (name: string): string => {
  const strong = all('[aria-label=Verdict] li strong').find((one) => one.lastChild?.textContent === name);
  return `${strong?.querySelector('[aria-hidden]')?.textContent?.trim()} ${strong?.className}`;
};
