import type { ComponentChildren } from 'preact';

/** A button that is a sign: its name is heard, and seen under the pointer. */
export const IconButton = ({ name, run, children }: { name: string; run: () => void; children: ComponentChildren }) => (
  <button type="button" class="icon" aria-label={name} title={name} onClick={run}>
    {children}
  </button>
);
