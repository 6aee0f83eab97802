import { useMemo } from 'preact/hooks';
import type { JsonNode } from '../../core/token/json-tree.ts';
import { lazy } from './lazy.tsx';

const Certificate = lazy(() => import('./certificate.tsx').then((module) => module.Certificate));

/** Certificates of a chain that are drawn; real chains have two to four. */
const MAX_SHOWN = 6;

/** `x5c` holds base64, not base64url (RFC 7515 section 4.1.6). */
const derOf = (node: JsonNode): Uint8Array<ArrayBuffer> | undefined => {
  if (node.kind !== 'string') return;
  try {
    return Uint8Array.fromBase64(node.value);
  } catch {
    return;
  }
};

/** The certificates that a header brings along, in words. */
export const Certificates = ({ node }: { node: JsonNode }) => {
  const ders = useMemo(
    () => (node.kind === 'array' ? node.items.slice(0, MAX_SHOWN).flatMap((one) => derOf(one) ?? []) : []),
    [node],
  );
  return (
    <>
      {ders.map((der, index) => (
        <Certificate key={index} der={der} />
      ))}
    </>
  );
};
