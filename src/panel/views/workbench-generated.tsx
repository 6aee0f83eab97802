import type { GeneratedKey } from '../../core/trust/signing.ts';
import { usePanel } from './panel-context.ts';

type Form = 'jwk' | 'pem' | 'publicJwk' | 'publicPem';

const FORMS: readonly Form[] = ['jwk', 'pem', 'publicJwk', 'publicPem'];

/** A secret has one form, which is no key pair's. */
const nameKey = ({ key }: GeneratedKey, form: Form): string =>
  key.kty === 'oct' ? 'secret' : form.replace('Jwk', '_jwk').replace('Pem', '_pem');

/** Makes a key for the algorithm; '' where there is none that takes a key. */
export const WorkbenchGenerate = ({ alg, busy, onClick }: { alg: string; busy: boolean; onClick: () => void }) => {
  const { source } = usePanel();
  const name = alg === '' ? source.text('workbench_generate_none') : source.text('workbench_generate', alg);
  return (
    <button
      type="button"
      class="wb-button"
      disabled={alg === ''}
      // Disabled meanwhile, it would lose the focus.
      aria-disabled={busy}
      onClick={() => busy || onClick()}
    >
      {busy ? source.text('workbench_generating') : name}
    </button>
  );
};

/** The key that was made, in every form that it has, each to be copied. */
export const WorkbenchGenerated = ({ made }: { made: GeneratedKey | undefined }) => {
  const { source, tell } = usePanel();
  if (!made) return null;
  const copy = async (name: string, text: string) =>
    tell((await source.copy(text)) ? source.text('copied_part', name) : source.text('copy_failed'));
  return (
    <ul class="wb-forms" aria-label={source.text('workbench_generated')}>
      {FORMS.map((form) => {
        const text = made[form];
        if (text === undefined) return null;
        const name = source.text(`workbench_form_${nameKey(made, form)}`);
        return (
          <li key={form}>
            <details>
              <summary>{name}</summary>
              {/* Scrolls when long, so it takes the focus. */}
              <section class="wb-form" tabIndex={0} aria-label={name}>
                {text}
              </section>
            </details>
            <button
              type="button"
              class="link"
              aria-label={source.text('copy_part', name)}
              onClick={() => copy(name, text)}
            >
              {source.text('copy')}
            </button>
          </li>
        );
      })}
    </ul>
  );
};
