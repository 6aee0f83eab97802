import type { KeyReading } from '../../core/trust/key.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import { toldAs } from '../model/ring.ts';
import { Facts } from './facts.tsx';
import { keySizeText, kidsOf, short, someNames } from './key-words.ts';
import { lazy } from './lazy.tsx';
import { usePanel } from './panel-context.ts';

const Certificate = lazy(() => import('./certificate.tsx').then((module) => module.Certificate));

/** Characters of an address that are shown. */
const MAX_SOURCE = 2048;

/** All that is known of a key of the ring, and of a secret not its text. */
export const KeyFacts = ({
  given,
  reading,
  thumbprint,
}: {
  given: RingKey;
  reading: KeyReading;
  thumbprint: string;
}) => {
  const { source, dates, now } = usePanel();
  const candidates = 'error' in reading ? [] : reading.candidates;
  const certificate = candidates.flatMap((key) => (key.kty !== 'oct' && key.certificate) || [])[0];
  const local = (at: number) => dates.local(at, now.peek());
  return (
    <>
      <Facts
        facts={[
          [source.text('ring_fact_kid'), someNames(kidsOf(reading))],
          [source.text('ring_fact_type'), keySizeText(source, candidates)],
          [source.text('ring_fact_thumbprint'), thumbprint],
          [source.text('ring_fact_source'), short(given.source ?? '', MAX_SOURCE)],
          [source.text('ring_fact_also_of'), someNames(given.alsoOf ?? [])],
          [source.text('ring_fact_cookie'), short(given.cookie ?? '')],
          [source.text('ring_fact_added'), local(given.addedAt)],
          [
            source.text('ring_fact_gone'),
            given.goneAt === undefined ? '' : `${local(given.goneAt)}. ${source.text('ring_gone_hint')}`,
          ],
          [source.text('ring_fact_trust'), source.text(`provenance_${toldAs(given)}_proves`)],
        ]}
      />
      {certificate && <Certificate der={certificate} />}
    </>
  );
};
