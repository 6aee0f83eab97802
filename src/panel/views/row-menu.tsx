import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { shown } from '../../core/token/shown.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { Entry } from '../model/log.ts';
import type { Model } from '../model/model.ts';
import { sdOf } from '../model/opened.ts';
import { usePanel } from './panel-context.ts';

interface Item {
  readonly text: string;
  readonly act: () => void;
}

/** The scheme that it was sent with, which a DPoP-bound token needs (RFC 9449 section 7.1). */
const schemeOf = ({ sightings }: Entry): string => {
  for (const { place } of sightings.values()) if (place.scheme) return place.scheme;
  return 'Bearer';
};

const copying = ({ source, tell, open }: Model, entry: Entry): readonly Item[] => {
  const copy = async (text: string, told: string) =>
    tell((await source.copy(text)) ? told : source.text('copy_failed'));
  const scheme = schemeOf(entry);
  const claims = sdOf(entry.opened)?.claimsText ?? entry.claims.payloadText;
  const payload = source.text('part_payload');
  return [
    {
      text: source.text('menu_copy_token'),
      act: () => copy(entry.compact, source.text('copied_token')),
    },
    // What is JSON itself fits no header.
    ...(entry.decoded.serialization
      ? []
      : [
          {
            text: source.text('menu_copy_header', visibleText(shown(scheme))),
            act: () => copy(`Authorization: ${scheme} ${entry.compact}`, source.text('copied_token')),
          },
        ]),
    { text: source.text('menu_copy_as'), act: () => open('copy', entry.id) },
    ...(claims === undefined
      ? []
      : [{ text: source.text('menu_copy_claims'), act: () => copy(claims, source.text('copied_part', payload)) }]),
  ];
};

const looking = ({ source, log, open, show, selectExchange, edit }: Model, entry: Entry): readonly Item[] => {
  const { last, lastSent } = entry;
  const origin = lastSent && URL.parse(lastSent.url)?.origin;
  return [
    { text: source.text('menu_edit'), act: () => edit(entry.compact) },
    { text: source.text('menu_decode_in_tab'), act: () => void source.decodeInTab(entry.compact) },
    ...(log.entries.peek().length > 1
      ? [{ text: source.text('menu_compare'), act: () => open('compare', entry.id) }]
      : []),
    ...(last
      ? [
          {
            text: source.text('menu_requests'),
            act: () => {
              selectExchange(last.id);
              show('exchanges');
            },
          },
        ]
      : []),
    // No policy is about a proof.
    ...(origin && entry.kind !== 'dpop_proof'
      ? [{ text: source.text('menu_policy'), act: () => open('policy', origin) }]
      : []),
  ];
};

/** Out of the list; the next row takes its place, or the one before the last. */
const hiding = ({ source, selection, shown: list, hide }: Model, { id }: Entry): Item => ({
  text: source.text('menu_hide'),
  act: () => {
    selection.move(list.peek().at(-1)?.id === id ? -1 : 1);
    if (selection.id.peek() === id) selection.select(undefined);
    hide(id);
  },
});

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (Math.max(at, 0) - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Where it was asked for; by key there is no such place, and the row itself is it. */
export interface MenuPlace {
  readonly x?: number;
  readonly y?: number;
}

/** Brings the menu there, as far as the panel has room. */
const put = (menu: HTMLElement, { x, y }: MenuPlace): void => {
  const row = document.querySelector('.row[aria-selected="true"]')?.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const within = (at: number, room: number) => `${Math.max(0, Math.min(at, room))}px`;
  menu.style.left = within(x ?? (row?.left ?? 0) + 30, window.innerWidth - width);
  menu.style.top = within(y ?? row?.bottom ?? 0, window.innerHeight - height);
};

/** What can be done with the selected row. Arrows move, Enter does it, Escape and Tab go back to the list. */
export const RowMenu = ({ at, onClose }: { at: MenuPlace; onClose: () => void }) => {
  const panel = usePanel();
  const menu = useRef<HTMLDivElement>(null);
  const entry = panel.selected.value;

  useLayoutEffect(() => {
    if (!menu.current) return;
    put(menu.current, at);
    menu.current.querySelector('button')?.focus();
  }, [at]);

  if (!entry) return null;
  const groups = [copying(panel, entry), looking(panel, entry), [hiding(panel, entry)]].filter(({ length }) => length);

  const leave = () => {
    document.querySelector<HTMLElement>('.list')?.focus();
    onClose();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const current = items.findIndex((item) => item.matches(':focus'));
    const step = STEPS[event.key];
    // Enter and space are the button's own; the list and DevTools need not hear of any.
    event.stopPropagation();
    if (step) items[step(current, items.length)]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') leave();
    else return;
    event.preventDefault();
  };

  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node && menu.current?.contains(relatedTarget))) onClose();
  };

  return (
    <div
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={panel.source.text('menu_name')}
      ref={menu}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
      onContextMenu={(event) => event.preventDefault()}
    >
      {groups.map((items, index) => (
        <Fragment key={index}>
          {index > 0 && <hr />}
          {items.map(({ text, act }) => (
            <button
              key={text}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                leave();
                act();
              }}
            >
              {text}
            </button>
          ))}
        </Fragment>
      ))}
    </div>
  );
};
