export const PolicyDialog = ({ onClose: _ }: { onClose: () => void }) => null;
