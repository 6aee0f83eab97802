import axe from 'axe-core';
import type { Surface } from './driver.ts';

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
