import { usePanel } from './panel-context.ts';
import { WorkbenchBar } from './workbench-bar.tsx';
import { WorkbenchEncryption } from './workbench-encryption.tsx';
import { WorkbenchPart } from './workbench-part.tsx';
import { WorkbenchQuick } from './workbench-quick.tsx';
import { WorkbenchResult } from './workbench-result.tsx';
import { WorkbenchSignature } from './workbench-signature.tsx';

/** A token being edited: header, payload and signature on one side, what becomes of them on the other. */
export const Workbench = () => {
  const { source } = usePanel();
  return (
    <main class="view">
      <WorkbenchBar />
      <div class="workbench">
        <section class="detail wb-edit" aria-label={source.text('tab_workbench')}>
          <WorkbenchPart part="header" />
          <WorkbenchPart part="payload">
            <WorkbenchQuick />
          </WorkbenchPart>
          <WorkbenchSignature />
          <WorkbenchEncryption />
        </section>
        <WorkbenchResult />
      </div>
    </main>
  );
};
