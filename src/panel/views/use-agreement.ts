import { useEffect, useState } from 'preact/hooks';
import type { Check } from '../../core/trust/check.ts';
import type { Use } from '../model/agreement.ts';
import type { Entry } from '../model/log.ts';
import type { PanelSource } from '../source.ts';
import { usePanel } from './panel-context.ts';

const NONE: readonly Use[] = [];

const ASKED: ReadonlySet<Entry['kind']> = new Set(['dpop_proof', 'id_token']);

const isBound = ({ claims }: Entry): boolean => {
  const cnf = claims.payload?.cnf;
  return typeof cnf === 'object' && cnf !== null && 'jkt' in cnf;
};

/** What the token must agree with, where it stood; found anew when there is more of it. */
export const useAgreement = (entry: Entry | undefined): readonly Use[] => {
  const { log, clocks } = usePanel();
  const [uses, setUses] = useState(NONE);
  const asked = entry && (ASKED.has(entry.kind) || isBound(entry)) ? entry : undefined;
  useEffect(() => {
    if (!asked) return setUses(NONE);
    let current = true;
    void import('../model/agreement.ts')
      .then(({ agreementOf }) => agreementOf(asked, log, clocks))
      .then((found) => current && setUses(found));
    return () => {
      current = false;
    };
  }, [asked, asked?.requests, asked?.opened, log, clocks]);
  return uses;
};

/** Sent without any proof, a token has none that could disagree. */
const isOfProof = ({ name, state }: Check): boolean => state === 'mismatch' || (state === 'missing' && name !== 'jkt');

/** What of a proof disagrees with the request that its server answered last, by name; of the proof beside a bound token too. */
export const disagreementsOf = (source: PanelSource, entry: Entry, uses: readonly Use[]): readonly string[] => {
  const last = uses.find(({ exchange }) => exchange && exchange.id === entry.lastSent?.id);
  const use = last ?? (entry.kind === 'dpop_proof' ? uses[0] : undefined);
  return (use?.checks ?? []).filter(isOfProof).map(({ name }) => source.text(`check_${name}`));
};
