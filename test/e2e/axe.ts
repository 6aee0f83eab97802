import axe from 'axe-core';
import type { Driver, Surface, Theme } from './driver.ts';

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly string[];
}

/** What axe finds wrong in the document, or in the part that the selector names. */
export const axeViolations = async (surface: Surface, selector = ':root'): Promise<readonly Violation[]> => {
  await surface.run(`(() => { ${axe.source}; return true; })()`);
  return surface.evaluate(async (context): Promise<Violation[]> => {
    const injected = (window as unknown as { axe: typeof axe }).axe;
    const { violations } = await injected.run(context, { resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
    }));
  }, selector);
};

/** The same in light and dark, each once the panel has taken it; by theme. */
export const axeInThemes = async (
  driver: Driver,
  panel: Surface,
): Promise<Readonly<Record<Theme, readonly Violation[]>>> => {
  const found = { light: [] as readonly Violation[], dark: [] as readonly Violation[] };
  for (const theme of ['dark', 'light'] as const) {
    await driver.setTheme(theme);
    await panel.waitUntil(
      { what: `the theme ${theme}` },
      (wanted) =>
        document.documentElement.dataset.theme === wanted &&
        getComputedStyle(document.documentElement).colorScheme === wanted,
      theme,
    );
    found[theme] = await axeViolations(panel);
  }
  return found;
};

export const NO_VIOLATIONS = { light: [], dark: [] };
