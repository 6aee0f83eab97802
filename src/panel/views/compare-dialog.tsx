export const CompareDialog = ({ onClose: _ }: { onClose: () => void }) => null;
