/**
 * Members of JSON whose shape nobody vouches for. By hand and not by a schema: of an entry that is not as the format says,
 * what is there counts, and a HAR has a million headers.
 */

/** The value of an own member, so that `__proto__` and `constructor` are names like any other. */
export const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

/** A member that is text; '' where it is none. */
export const textMember = (value: unknown, name: string): string => {
  const found = member(value, name);
  return typeof found === 'string' ? found : '';
};

/** A member that is a number, also one in quotes; undefined where it is none, and where it is infinite. */
export const numberMember = (value: unknown, name: string): number | undefined => {
  const found = member(value, name);
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

export const listMember = (value: unknown, name: string): readonly unknown[] => {
  const found: unknown = member(value, name);
  return Array.isArray(found) ? found : [];
};
