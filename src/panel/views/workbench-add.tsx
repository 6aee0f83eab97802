import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { explainClaim, explainHeader } from '../../core/token/glossary.ts';
import type { Part } from '../model/workbench-shape.ts';
import type { PanelSource } from '../source.ts';
import { usePanel } from './panel-context.ts';
import { useWorkbench } from './use-workbench.ts';

interface Choice {
  readonly name: string;
  readonly meaning: string;
  readonly reference: string;
}

const choicesOf = ({ text }: PanelSource, part: Part, names: readonly string[]): readonly Choice[] =>
  names.map((name) => {
    const found = part === 'header' ? explainHeader(name) : explainClaim(name);
    return { name, meaning: found ? text(found.key) : '', reference: found?.reference ?? '' };
  });

/** By name or by meaning; a name that begins so goes first. */
const matching = (choices: readonly Choice[], typed: string): readonly Choice[] => {
  const wanted = typed.trim().toLowerCase();
  const begins = choices.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const others = choices.filter(
    (choice) => !begins.includes(choice) && `${choice.name} ${choice.meaning}`.toLowerCase().includes(wanted),
  );
  return [...begins, ...others];
};

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  PageDown: (at, count) => Math.min(at + 8, count - 1),
  PageUp: (at) => Math.max(at - 8, 0),
};

interface ListProps {
  readonly part: Part;
  readonly name: string;
  readonly onPick: (name: string) => void;
  readonly onClose: () => void;
}

/** The registered names with what they mean (WAI-ARIA, editable combobox with a list). */
const Choices = ({ part, name, onPick, onClose }: ListProps) => {
  const { source } = usePanel();
  const { names } = useWorkbench();
  const [choices] = useState(() => choicesOf(source, part, names(part)));
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const shown = matching(choices, typed);
  const chosen = shown[at];

  useLayoutEffect(() => input.current?.focus(), []);
  useLayoutEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step && shown.length > 0) setAt(step(at, shown.length));
    else if (event.key === 'Enter' && chosen) onPick(chosen.name);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="wb-choices">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={name}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && `${id}-${at}`}
        placeholder={source.text('workbench_add_filter')}
        value={typed}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={onClose}
      />
      {/* No stop of Tab, as what scrolls is by itself: it goes when the box loses the focus. */}
      <div role="listbox" id={`${id}-list`} aria-label={name} tabIndex={-1} ref={list}>
        {shown.map((choice, index) => (
          <div
            key={choice.name}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            // The focus stays in the box.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(choice.name)}
            onKeyDown={onKeyDown}
          >
            <code>{choice.name}</code> <span>{choice.meaning}</span> <small>{choice.reference}</small>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p class="hint">{source.text('workbench_add_none')}</p>}
    </div>
  );
};

/** The button that opens them. */
export const WorkbenchAdd = ({ part, onAdd }: { part: Part; onAdd: (name: string) => void }) => {
  const { source } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const name = source.text(part === 'header' ? 'workbench_add_parameter' : 'workbench_add_claim');
  return (
    <span class="wb-add">
      <button
        type="button"
        class="link"
        ref={button}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setOpen(!isOpen)}
      >
        {name}
      </button>
      {isOpen && (
        <Choices
          part={part}
          name={name}
          onPick={(picked) => {
            // Until the editor takes it, which it does where something was added.
            button.current?.focus();
            setOpen(false);
            onAdd(picked);
          }}
          onClose={() => {
            const inside = document.activeElement?.closest('.wb-choices');
            setOpen(false);
            if (inside) button.current?.focus();
          }}
        />
      )}
    </span>
  );
};
