export const Exchanges = () => null;
