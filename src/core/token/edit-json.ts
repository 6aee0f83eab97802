/**
 * Edits of one member of a JSON object, in its text: every other octet stays as it was typed. (jsonc-parser's `modify` reads
 * by recursion, and lays the whole line out anew.)
 */
import { type JsonMember, type JsonNode, readJsonTree } from './json-tree.ts';

/** What is replaced, in UTF-16 units of the text, and by what. */
export interface JsonEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The text after an edit, and where the member's value stands in it. */
export interface EditedJson {
  readonly text: string;
  readonly edit: JsonEdit;
  readonly from: number;
  readonly to: number;
}

type JsonObjectNode = JsonNode & { readonly kind: 'object' };

const INDENT = '  ';

/** Of a text that is nothing but one whole JSON object. That a member stands twice is for others to say. */
const objectOf = (text: string): JsonObjectNode | undefined => {
  const { root, problems } = readJsonTree(text);
  const isWhole = problems.every(({ code }) => code === 'duplicate_member');
  return isWhole && root?.kind === 'object' ? root : undefined;
};

const endOf = ({ offset, length }: { readonly offset: number; readonly length: number }): number => offset + length;

/** Of members of one name the last counts, as in `JSON.parse`. */
const memberOf = ({ members }: JsonObjectNode, name: string): JsonMember | undefined =>
  members.findLast((member) => member.name === name);

const edited = (text: string, edit: JsonEdit, from: number, length: number): EditedJson => ({
  text: text.slice(0, edit.from) + edit.insert + text.slice(edit.to),
  edit,
  from,
  to: from + length,
});

/** What stands around the name of a new member, so that it looks like its neighbours. */
interface Spacing {
  readonly before: string;
  readonly colon: string;
}

/** Of the last member, as it was typed. Of `{"a": 1}` the colon alone tells that the writer leaves spaces. */
const spacingBeside = (text: string, { members, offset }: JsonObjectNode): Spacing => {
  const [previous, last] = [members.at(-2), members.at(-1)];
  if (!last) return { before: '', colon: ':' };
  const colon = text.slice(endOf(last), last.value.offset);
  if (!previous) {
    const before = text.slice(offset + 1, last.offset);
    return { before: before === '' && /\s$/.test(colon) ? ' ' : before, colon };
  }
  const between = text.slice(endOf(previous.value), last.offset);
  return { before: between.slice(between.indexOf(',') + 1), colon };
};

/** Of an object without members: on a line of its own where the brackets stand on two, else as close as they stand. */
const spacingWithin = (inside: string): Spacing => {
  const [lineBreak] = /\r?\n/.exec(inside) ?? [];
  if (lineBreak !== undefined) return { before: `${lineBreak}${INDENT}`, colon: ': ' };
  return inside === '' ? { before: '', colon: ':' } : { before: inside, colon: ': ' };
};

const added = (text: string, object: JsonObjectNode, name: string, value: string): EditedJson => {
  const last = object.members.at(-1);
  const inside = text.slice(object.offset + 1, endOf(object) - 1);
  const { before, colon } = last ? spacingBeside(text, object) : spacingWithin(inside);
  const at = last ? endOf(last.value) : object.offset + 1;
  const head = `${last ? ',' : ''}${before}${JSON.stringify(name)}${colon}`;
  return edited(text, { from: at, to: at, insert: head + value }, at + head.length, value.length);
};

/** Where the value of a member stands; undefined where there is none, or the text is no whole JSON object. */
export const valueRange = (text: string, name: string): { readonly from: number; readonly to: number } | undefined => {
  const object = objectOf(text);
  const member = object && memberOf(object, name);
  return member && { from: member.value.offset, to: endOf(member.value) };
};

/**
 * Gives a member of the JSON object a value, or adds it behind the last one, spaced as its neighbours are.
 * @param value JSON text, which goes in as it is
 * @returns undefined where the text is no whole JSON object (RFC 8259); never throws, linear in the text
 */
export const setMember = (text: string, name: string, value: string): EditedJson | undefined => {
  const object = objectOf(text);
  if (!object) return;
  const member = memberOf(object, name);
  if (!member) return added(text, object, name, value);
  const from = member.value.offset;
  return edited(text, { from, to: endOf(member.value), insert: value }, from, value.length);
};

/** Takes a member out, with the comma that it leaves; the text as it is where there is none. Undefined as of `setMember`. */
export const removeMember = (text: string, name: string): string | undefined => {
  const object = objectOf(text);
  if (!object) return;
  const member = memberOf(object, name);
  if (!member) return text;
  const index = object.members.indexOf(member);
  const [previous, next] = [object.members[index - 1], object.members[index + 1]];
  const from = previous ? endOf(previous.value) : member.offset;
  const to = !previous && next ? next.offset : endOf(member.value);
  return text.slice(0, from) + text.slice(to);
};
