import type { Layer } from '../../core/trust/opened.ts';
import type { Entry } from '../model/log.ts';
import { lazy } from './lazy.tsx';
import { LongText } from './long-text.tsx';
import { JsonTable, MemberTable } from './member-table.tsx';
import { usePanel } from './panel-context.ts';
import { Problems } from './problems.tsx';
import { RawToken } from './raw-token.tsx';

const Parts = lazy(() => import('./parts.tsx').then((module) => module.Parts));
const Disclosures = lazy(() => import('./disclosures.tsx').then((module) => module.Disclosures));

/** The members of the header that nothing protects, each marked as that. */
const Unprotected = ({ entry, layer: { decoded }, within }: BodyProps) => {
  const { source } = usePanel();
  if (!decoded.unprotected) return null;
  const name = source.text('opened_unprotected');
  const note = source.text('opened_not_protected');
  return (
    <JsonTable
      part="header"
      entry={entry}
      text={JSON.stringify(decoded.unprotected)}
      name={within === undefined ? name : `${name} · ${within}`}
      noteTone="warn"
      notes={new Map(Object.keys(decoded.unprotected).map((member) => [member, note]))}
    />
  );
};

/** Octets as text where they are UTF-8; else as they stand. */
const asText = (base64url: string): string => {
  try {
    const octets = Uint8Array.fromBase64(base64url, { alphabet: 'base64url' });
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return base64url;
  }
};

/** Of a JWE in JSON: what was sealed along with the content, and can be read by anyone (RFC 7516 section 7.2.1). */
const AdditionalData = ({ aad }: { aad: string | undefined }) => {
  const { source } = usePanel();
  if (!aad) return null;
  return (
    <>
      <h2>{source.text('opened_aad')}</h2>
      <code class="text">
        <LongText text={asText(aad)} />
      </code>
    </>
  );
};

/** What is inside: claims, or why there are none to be seen. */
const Content = ({ entry, layer: { decoded, decryption }, within }: BodyProps) => {
  const { source } = usePanel();
  const isClosed = decoded.form === 'jwe' && decoded.payloadText === undefined;
  if (!isClosed && !decoded.inner) {
    return <MemberTable part="payload" entry={entry} decoded={decoded} {...(within !== undefined && { within })} />;
  }
  const why = decoded.inner
    ? 'opened_content_token'
    : decryption?.state === 'decrypted'
      ? 'opened_content_octets'
      : 'payload_sealed';
  return (
    <>
      <h2>
        <i class="body" /> {source.text('part_payload')}
      </h2>
      <p class="nothing left">{source.text(why)}</p>
    </>
  );
};

const CopyAsButton = ({ about }: { about: string }) => {
  const { source, open } = usePanel();
  return (
    <button type="button" class="copy" onClick={() => open('copy', about)}>
      {source.text('menu_copy_as')}
    </button>
  );
};

/** Where there is another one to compare it with. */
const CompareButton = ({ entry }: { entry: Entry }) => {
  const { source, log, open } = usePanel();
  if (log.entries.value.length < 2) return null;
  return (
    <button type="button" class="copy" onClick={() => open('compare', entry.id)}>
      {source.text('compare_button')}
    </button>
  );
};

interface BodyProps {
  readonly entry: Entry;
  readonly layer: Layer;
  /** The token's name, where it stands inside of another. */
  readonly within?: string;
}

/** One token as it stands: its text, what is wrong with it, its header, what it holds. */
export const TokenBody = (props: BodyProps) => {
  const { entry, layer, within } = props;
  const { decoded } = layer;
  const inside = within === undefined ? {} : { within };
  return (
    <>
      <RawToken decoded={decoded} {...(within !== undefined && { name: within })}>
        {/* One inside of another is in no log, and named by itself. */}
        <CopyAsButton about={within === undefined ? entry.id : decoded.compact} />
        {within === undefined && <CompareButton entry={entry} />}
      </RawToken>
      <Problems decoded={decoded} />
      {layer.parts && <Parts entry={entry} layer={layer} {...inside} />}
      <MemberTable part="header" entry={entry} decoded={decoded} {...inside} />
      <Unprotected {...props} />
      <AdditionalData aad={decoded.aad} />
      {/* The claims that can be read stand before the digests of those that cannot. */}
      {layer.sd && <Disclosures entry={entry} sd={layer.sd} keyBinding={decoded.keyBinding} />}
      <Content {...props} />
    </>
  );
};
