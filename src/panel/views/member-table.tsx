import { useMemo, useState } from 'preact/hooks';
import type { Decoded, JsonObject } from '../../core/token/decoded.ts';
import { explainAlg, explainClaim, explainHeader, explainTyp } from '../../core/token/glossary.ts';
import { type JsonMember, type JsonNode, readJsonTree } from '../../core/token/json-tree.ts';
import type { Entry } from '../model/log.ts';
import { Certificates } from './certificates.tsx';
import { JsonText } from './json-text.tsx';
import { LongText } from './long-text.tsx';
import { usePanel } from './panel-context.ts';
import { LifeBar, TimeMeaning } from './time-meaning.tsx';

type Part = 'header' | 'payload';

/** Members drawn before "show all"; a healthy token has some ten to thirty. */
const MAX_MEMBERS = 200;

const TIMES = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at']);

/** What a member means: its registered explanation, or that of its value where the value is a name itself. */
const explain = (part: Part, { name, value }: JsonMember, sealed: boolean) => {
  if (part === 'header' && value.kind === 'string') {
    if (name === 'alg') return explainAlg(value.value) ?? explainHeader(name);
    if (name === 'typ') return explainTyp(value.value) ?? explainHeader(name);
  }
  return part === 'header' ? explainHeader(name, sealed) : explainClaim(name);
};

/** A value as it was written: strings without their quotes, everything else by its source text. */
const Value = ({ node, text }: { node: JsonNode; text: string }) =>
  node.kind === 'string' ? (
    <LongText text={node.value} />
  ) : node.kind === 'object' || node.kind === 'array' ? (
    <JsonText text={text.slice(node.offset, node.offset + node.length)} />
  ) : (
    <LongText text={node.source} />
  );

const Meaning = ({
  part,
  member,
  sealed,
  entry,
  payload,
}: {
  part: Part;
  member: JsonMember;
  sealed: boolean;
  entry: Entry;
  payload: JsonObject | undefined;
}) => {
  const { source } = usePanel();
  const found = explain(part, member, sealed);
  const seconds = member.value.kind === 'number' ? Number(member.value.source) : Number.NaN;
  const isTime = part === 'payload' && TIMES.has(member.name) && !Number.isNaN(new Date(seconds * 1000).getTime());
  return (
    <>
      {isTime ? (
        <TimeMeaning claim={member.name} seconds={seconds} entry={entry} payload={payload} />
      ) : (
        found && <span>{source.text(found.key)}</span>
      )}
      {/* After a space, so that it can stand in a line of its own. */}{' '}
      {found && <span class="reference">{found.reference}</span>}
      {isTime && member.name === 'exp' && <LifeBar entry={entry} payload={payload} />}
    </>
  );
};

interface TableProps {
  readonly part: Part;
  readonly entry: Entry;
  /** The JSON to show, as it was written. */
  readonly text: string;
  readonly name: string;
  /** The same as an object, for what `exp` and its like mean together. */
  readonly payload?: JsonObject | undefined;
  /** Words on single members, by name, and in what tone. */
  readonly notes?: ReadonlyMap<string, string>;
  readonly noteTone?: 'good' | 'warn';
}

/** A JSON object under its heading: a table of name, value as written and meaning; or the text itself. */
export const JsonTable = ({ part, entry, text, name, payload, notes, noteTone = 'good' }: TableProps) => {
  const { source, tell } = usePanel();
  const [asText, showText] = useState(false);
  const [all, showAll] = useState(false);
  const root = useMemo(() => readJsonTree(text).root, [text]);
  const members = root?.kind === 'object' ? root.members : undefined;
  const shown = all ? members : members?.slice(0, MAX_MEMBERS);
  // RFC 7516 section 9: only a JWE's header has it.
  const sealed = part === 'header' && members?.some(({ name }) => name === 'enc') === true;
  const copy = async () => tell(source.text((await source.copy(text)) ? 'copied_part' : 'copy_failed', name));
  return (
    <>
      <h2>
        <i class={part === 'header' ? 'head' : 'body'} /> {name}
        <button type="button" class="link end" onClick={copy} aria-label={source.text('copy_part', name)}>
          {source.text('copy')}
        </button>
        {members && (
          <button type="button" class="link" aria-pressed={asText} onClick={() => showText(!asText)}>
            JSON
          </button>
        )}
      </h2>
      {asText || !shown ? (
        <div class="text">
          <JsonText text={text} />
        </div>
      ) : (
        <table class="members" aria-label={name}>
          <tbody>
            {shown.map((member, index) => (
              <tr key={index}>
                <th scope="row">
                  <LongText text={member.name} />
                </th>
                <td class="value">
                  <Value node={member.value} text={text} />
                </td>
                <td class="meaning">
                  {notes?.has(member.name) && <span class={`note ${noteTone}`}>{notes.get(member.name)} </span>}
                  <Meaning part={part} member={member} sealed={sealed} entry={entry} payload={payload} />
                  {part === 'header' && member.name === 'x5c' && <Certificates node={member.value} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!asText && members && shown && shown.length < members.length && (
        <button type="button" class="link left" onClick={() => showAll(true)}>
          {source.text('members_show_all', String(members.length))}
        </button>
      )}
    </>
  );
};

/** Header or payload of a token, where it has one that can be read. `within` names the token, where there are several. */
export const MemberTable = ({
  part,
  entry,
  decoded,
  within,
}: {
  part: Part;
  entry: Entry;
  decoded: Decoded;
  within?: string;
}) => {
  const { source } = usePanel();
  const isHeader = part === 'header';
  const text = isHeader ? decoded.headerText : decoded.payloadText;
  if (text === undefined) return null;
  const plain = !isHeader && decoded.form === 'jwe' ? source.text('opened_content') : source.text(`part_${part}`);
  const name = within === undefined ? plain : `${plain} · ${within}`;
  return <JsonTable part={part} entry={entry} text={text} name={name} payload={decoded.payload} />;
};
