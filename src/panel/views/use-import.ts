import { useLogs, usePanel } from './panel-context.ts';

/** Gives a verb that reads files into logs of their own, and shows the dialogue that tells how far it is. */
export const useImport = () => {
  const logs = useLogs();
  const { open, source, tell } = usePanel();
  return async (files: readonly File[]): Promise<void> => {
    const { importsOf, MAX_FILES } = await import('../model/imports.ts');
    if (files.length > MAX_FILES) tell(source.text('import_too_many_files', String(MAX_FILES)));
    importsOf(logs).start(files);
    open('import');
  };
};
