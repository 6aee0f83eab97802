import type { ComponentChildren } from 'preact';
import type { ImportEnd, ImportProblem, ImportProblemCode } from '../../core/report/import/imported.ts';
import { shown } from '../../core/token/shown.ts';
import type { Imported } from '../model/imported.ts';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

/** Problems of a whole file, which stand nowhere in it. */
const NOWHERE: ReadonlySet<ImportProblemCode> = new Set([
  ...(['empty', 'not_text', 'version', 'not_a_log', 'nothing', 'too_many'] as const),
]);

/** Problems that are drawn; most codes come once. */
const MAX_SHOWN = 50;

/** Whether there is something about it that a person should know. */
export const isRemarkable = ({ state, end }: Imported): boolean => {
  const { problems = [], sanitized, redacted, zoneless }: Partial<ImportEnd> = end.value ?? {};
  const isCutShort = state.value === 'stopped' || state.value === 'broken';
  return isCutShort || problems.length > 0 || sanitized === true || redacted === true || zoneless === true;
};

/** What the file is, who wrote it and when, and how much was in it, each by the file's own word. */
export const ImportFacts = ({ end }: { end: ImportEnd }) => {
  const { source, dates, now } = usePanel();
  const words = useWords();
  // Empty, or no text at all, as is told beside it.
  if (end.format === 'text' && end.read === 0) return null;
  const facts = [
    source.text(`import_format_${end.format}`),
    end.creator && shown(end.creator),
    end.at !== undefined && source.text('import_written', dates.local(end.at, now.peek())),
    words.count(end.format === 'text' ? 'lines' : 'requests', end.read),
  ];
  return <VisibleText text={facts.filter(Boolean).join(' · ')} />;
};

/** Something that is wrong with it. */
const Warning = ({ children }: { children: ComponentChildren }) => (
  <li class="warn">
    <span aria-hidden="true">⚠ </span>
    {children}
  </li>
);

const Problem = ({ problem: { code, line, column, detail = '' } }: { problem: ImportProblem }) => {
  const { source } = usePanel();
  const number = new Intl.NumberFormat(source.language);
  return (
    <Warning>
      {!NOWHERE.has(code) && `${source.text('import_place', number.format(line), number.format(column))} `}
      <VisibleText text={source.text(`import_problem_${code}`, shown(detail))} />
    </Warning>
  );
};

/** What is to be known of a file, as sentences: where it breaks, what is not in it, and what helps. */
export const ImportRemarks = ({ imported }: { imported: Imported }) => {
  const { source } = usePanel();
  const { problems = [], sanitized, redacted, zoneless, withoutBodies }: Partial<ImportEnd> = imported.end.value ?? {};
  const state = imported.state.value;
  return (
    <ul class="remarks">
      {state === 'stopped' && <Warning>{source.text('import_stopped')}</Warning>}
      {state === 'broken' && <Warning>{source.text('import_broken')}</Warning>}
      {problems.slice(0, MAX_SHOWN).map((problem, index) => (
        <Problem key={index} problem={problem} />
      ))}
      {problems.length > MAX_SHOWN && <li>{source.text('problems_more', String(problems.length - MAX_SHOWN))}</li>}
      {sanitized && <Warning>{source.text('import_sanitized')}</Warning>}
      {redacted && <li>{source.text('import_redacted')}</li>}
      {zoneless && <li>{source.text('import_zoneless')}</li>}
      {withoutBodies && <li>{source.text('import_without_bodies')}</li>}
    </ul>
  );
};
