import { useMemo, useState } from 'preact/hooks';
import { explainAlg, explainClaim, explainHeader, explainTyp } from '../../core/token/glossary.ts';
import { type JsonMember, type JsonNode, readJsonTree } from '../../core/token/json-tree.ts';
import type { Entry } from '../model/log.ts';
import { JsonText } from './json-text.tsx';
import { LongText } from './long-text.tsx';
import { usePanel } from './panel-context.ts';
import { LifeBar, TimeMeaning } from './time-meaning.tsx';

type Part = 'header' | 'payload';

/** Members drawn before "show all"; a healthy token has some ten to thirty. */
const MAX_MEMBERS = 200;

const TIMES = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at']);

/** What a member means: its registered explanation, or that of its value where the value is a name itself. */
const explain = (part: Part, { name, value }: JsonMember) => {
  if (part === 'header' && value.kind === 'string') {
    if (name === 'alg') return explainAlg(value.value) ?? explainHeader(name);
    if (name === 'typ') return explainTyp(value.value) ?? explainHeader(name);
  }
  return part === 'header' ? explainHeader(name) : explainClaim(name);
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

const Meaning = ({ part, member, entry }: { part: Part; member: JsonMember; entry: Entry }) => {
  const { source } = usePanel();
  const found = explain(part, member);
  const seconds = member.value.kind === 'number' ? Number(member.value.source) : Number.NaN;
  const isTime = part === 'payload' && TIMES.has(member.name) && !Number.isNaN(new Date(seconds * 1000).getTime());
  return (
    <>
      {isTime ? (
        <TimeMeaning claim={member.name} seconds={seconds} entry={entry} />
      ) : (
        found && <span>{source.text(found.key)}</span>
      )}
      {found && <span class="reference">{found.reference}</span>}
      {isTime && member.name === 'exp' && <LifeBar entry={entry} />}
    </>
  );
};

/** Header or payload: a table of name, value as written and meaning; or the text itself. */
export const MemberTable = ({ part, entry }: { part: Part; entry: Entry }) => {
  const { source, tell } = usePanel();
  const [asText, showText] = useState(false);
  const [all, showAll] = useState(false);
  const text = entry.decoded[part === 'header' ? 'headerText' : 'payloadText'];
  const tree = useMemo(() => (text === undefined ? undefined : readJsonTree(text)), [text]);
  if (text === undefined) {
    if (part === 'header' || entry.decoded.form !== 'jwe') return null;
    return (
      <>
        <h2>
          <i class="body" /> {source.text('part_payload')}
        </h2>
        <p class="nothing left">{source.text('payload_sealed')}</p>
      </>
    );
  }
  const root = tree?.root;
  const members = root?.kind === 'object' ? root.members : undefined;
  const shown = all ? members : members?.slice(0, MAX_MEMBERS);
  const name = source.text(`part_${part}`);
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
                  <Meaning part={part} member={member} entry={entry} />
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
