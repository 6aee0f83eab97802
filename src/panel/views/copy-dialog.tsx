export const CopyDialog = (_: { onClose: () => void }) => null;
