import { visible } from '../../core/token/visible.ts';

/** Hostile text as text: what would hide or reorder it (control, bidirectional, zero-width) stands there escaped. */
export const VisibleText = ({ text }: { text: string }) => (
  <>
    {visible(text).map((run, index) =>
      run.escaped ? (
        <span key={index} class="escaped">
          {run.text}
        </span>
      ) : (
        run.text
      ),
    )}
  </>
);
