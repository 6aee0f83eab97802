/** Characters that are drawn: enough to see what goes out, not a second copy of a large log. */
const MAX_SHOWN = 20_000;

/** The beginning of a text that is to be copied or saved. */
export const Preview = ({ name, rows, text }: { name: string; rows: number; text: string }) => (
  <textarea
    class="preview"
    readOnly
    // Without it Firefox writes what stands here into the file that restores its windows.
    autocomplete="off"
    spellcheck={false}
    rows={rows}
    aria-label={name}
    value={text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}
  />
);
