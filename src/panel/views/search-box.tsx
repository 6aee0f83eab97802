import { usePanel } from './panel-context.ts';

/** The filter. Escape empties it, then gives the focus back to the list. */
export const SearchBox = () => {
  const { source, filter, setFilter } = usePanel();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || (event.key === 'Escape' && filter.peek() === '')) {
      event.preventDefault();
      event.stopPropagation();
      document.querySelector<HTMLElement>('.list')?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setFilter('');
    }
  };
  return (
    <search class="search">
      <input
        type="text"
        value={filter.value}
        placeholder={source.text('filter_placeholder')}
        aria-label={source.text('filter_name')}
        title={source.text('filter_hint')}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setFilter(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </search>
  );
};
