/** What stands where something was that has no name of its own. */
export const MASK = '***';

const PLACEHOLDER = /^token-\d+$/;

/** Whether nothing is left to be taken out: it was, or a captured token is told by its name. */
export const isTakenOut = (value: string): boolean => value === '' || value === MASK || PLACEHOLDER.test(value);
