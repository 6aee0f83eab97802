import type { Layer } from '../../core/trust/opened.ts';
import type { Entry } from '../model/log.ts';
import { DecryptionWords } from './decryption-words.tsx';
import { usePanel } from './panel-context.ts';
import { SignatureWords } from './signature-words.tsx';
import { TokenBody } from './token-body.tsx';

/** A token that stood inside of another, with the answer on its own signature or encryption. */
const InnerToken = ({ entry, layer }: { entry: Entry; layer: Layer }) => {
  const { source } = usePanel();
  const { decoded, signature, decryption } = layer;
  const name = source.text('opened_inside', source.text(`opened_form_${decoded.form}`));
  return (
    <section class="inner" aria-label={name}>
      <h2>{name}</h2>
      <p class="answer">
        {decryption && <DecryptionWords answer={decryption} entry={entry} />}
        {signature && <SignatureWords answer={signature} />}
      </p>
      <TokenBody entry={entry} layer={layer} within={name} />
    </section>
  );
};

/** All tokens inside of the captured one, the outermost first. */
export const InnerTokens = ({ entry, layers }: { entry: Entry; layers: readonly Layer[] }) => (
  <>
    {layers.map((layer, depth) => (
      <InnerToken key={depth} entry={entry} layer={layer} />
    ))}
  </>
);
