import { useMemo, useState } from 'preact/hooks';
import { inOrder } from '../model/ring.ts';
import { publicKeysOf } from '../model/write-keys.ts';
import { KeyBox } from './key-box.tsx';
import { KeyGroups } from './key-groups.tsx';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';

/** Rows that are drawn at first, and more each time they are asked for: the ring may hold a thousand keys. */
const PAGE = 100;

/** The key ring: every key with where it came from, and all that can be done with it. */
export const KeysDialog = ({ onClose }: { onClose: () => void }) => {
  const { source, keys } = usePanel();
  const [limit, setLimit] = useState(PAGE);
  const [said, say] = useState('');
  const ring = keys.value;
  const ordered = useMemo(() => inOrder(ring), [ring]);

  const save = async () => {
    const text = await publicKeysOf(keys.peek());
    if (text === undefined) return say(source.text('ring_export_none'));
    const day = new Date(source.now()).toISOString().slice(0, 10);
    const name = `claimcheck-keys-${day}.json`;
    await source.save({ name, type: 'application/jwk-set+json', text });
    say(source.text('export_saved', name));
  };

  return (
    <Modal title={source.text('ring_title')} onClose={onClose}>
      <div>
        <p class="hint">{source.text('ring_hint')}</p>
        <KeyBox />
      </div>
      {ordered.length === 0 && <p class="hint">{source.text('ring_empty')}</p>}
      <KeyGroups ordered={ordered.slice(0, limit)} say={say} />
      {ordered.length > limit && (
        <p>
          <button type="button" class="link" onClick={() => setLimit(limit + PAGE)}>
            {source.text('ring_more', String(Math.min(PAGE, ordered.length - limit)), String(ordered.length))}
          </button>
        </p>
      )}
      <div class="buttons ring-foot">
        <output class="grow hint">{said}</output>
        <button type="button" onClick={save}>
          {source.text('ring_export')}
        </button>
      </div>
    </Modal>
  );
};
