/** A token being edited: header, payload and signature on one side, what becomes of them on the other. */
export const Workbench = () => null;
