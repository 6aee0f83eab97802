import type { Page } from 'puppeteer';

/** What of a trace's event is asked (Trace Event Format); times in µs, `tdur` of processor time. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
}

/** Tells which thread of the trace is the page's own. */
const MARK = 'the work begins';

/** ms of processor time that the page's thread worked on the longest of its tasks meanwhile: what others do on the machine does not count. */
export const longestTask = async (page: Page, work: () => Promise<unknown>): Promise<number> => {
  await page.tracing.start({ categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate((mark) => performance.mark(mark), MARK);
  await work();
  const trace = new TextDecoder().decode(await page.tracing.stop());
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] };
  const mark = traceEvents.find(({ name }) => name === MARK);
  const took = traceEvents.flatMap(({ name, pid, tid, tdur = 0 }) =>
    name.endsWith('RunTask') && pid === mark?.pid && tid === mark.tid ? tdur / 1000 : [],
  );
  if (took.length === 0) throw new Error('the trace has no tasks');
  return Math.max(...took);
};
