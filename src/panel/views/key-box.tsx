// A chunk of its own, which the detail of a token and the key ring share, and which either waits for: a box that came
// later would move what is below it, and miss the focus.
const { KeyField } = await import('./key-field.tsx');

/** Takes any key, for the token in whose detail it stands, or for the ring alone. */
export const KeyBox = KeyField;
