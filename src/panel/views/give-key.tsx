import { usePanel } from './panel-context.ts';

/** Focuses the key box below. */
const toKeyBox = () => document.querySelector<HTMLElement>('.detail .key-box textarea')?.focus();

/** The way from an answer that lacks a key to the box that takes one. */
export const GiveKey = () => {
  const { source } = usePanel();
  return (
    <button type="button" class="link" onClick={toKeyBox}>
      {source.text('verdict_give_key')}
    </button>
  );
};
