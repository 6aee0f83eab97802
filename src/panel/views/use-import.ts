import { useLogs, usePanel } from './panel-context.ts';

/** Gives a verb that reads files into logs of their own, and shows the dialogue that tells how far it is. */
export const useImport = () => {
  const logs = useLogs();
  const { open } = usePanel();
  return async (files: readonly File[]): Promise<void> => {
    const { importsOf } = await import('../model/imports.ts');
    importsOf(logs).start(files);
    open('import');
  };
};
