import { useEffect, useState } from 'preact/hooks';
import type { CertificateFacts } from '../../core/trust/certificate.ts';
import { Facts } from './facts.tsx';
import { short } from './key-words.ts';
import { usePanel } from './panel-context.ts';

/** Characters of a name; the subject of a person's certificate takes a line or two. */
const MAX_NAME = 300;
/** Host names that are spelled out. */
const MAX_NAMES = 5;

type Read = CertificateFacts | 'unreadable' | undefined;

/** What a certificate says of itself: whose it is, who vouches for it, and how long. The reader loads with the first. */
export const Certificate = ({ der }: { der: Uint8Array<ArrayBuffer> }) => {
  const { source, dates, now } = usePanel();
  const [read, setRead] = useState<Read>();
  useEffect(() => {
    let current = true;
    void import('../../core/trust/trust.ts')
      .then(({ describeCertificate }) => describeCertificate(der))
      .then((facts) => current && setRead(facts ?? 'unreadable'));
    return () => {
      current = false;
    };
  }, [der]);
  if (read === undefined) return null;
  if (read === 'unreadable') return <p class="warn">{source.text('certificate_unreadable')}</p>;
  const at = now.peek();
  const names = read.alternativeNames.slice(0, MAX_NAMES).map((name) => short(name));
  const left = read.alternativeNames.length - names.length + (read.moreNames ?? 0);
  const validity = source.text('certificate_from_to', dates.local(read.notBefore, at), dates.local(read.notAfter, at));
  return (
    <div class="certificate">
      <Facts
        facts={[
          [source.text('certificate_subject'), short(read.subject, MAX_NAME)],
          [source.text('certificate_names'), left > 0 ? `${names.join(', ')} … +${left}` : names.join(', ')],
          [
            source.text('certificate_issuer'),
            read.selfSigned ? source.text('certificate_self') : short(read.issuer, MAX_NAME),
          ],
          [source.text('certificate_validity'), validity],
          [source.text('certificate_fingerprint'), read.sha256.hex],
        ]}
      />
      {at < read.notBefore && <p class="warn">{source.text('certificate_not_yet')}</p>}
      {at > read.notAfter && <p class="warn">{source.text('certificate_expired')}</p>}
    </div>
  );
};
