/** The exchanges that are shown, as the gateway's log takes them. */

import type { WhyCode } from '../../core/judge/diagnosis.ts';
import { diagnosisText } from '../../core/judge/why-text.ts';
import type { GatewayRow } from '../../core/report/gateway-log.ts';
import type { PanelSource } from '../source.ts';
import type { Entry } from './entry.ts';
import { toldBy } from './exchange-token.ts';
import type { Row } from './exchanges.ts';
import { judgementsOf } from './judgements.ts';
import { algorithmOf } from './labels.ts';
import type { Model } from './model.ts';

/** Characters of a claim; an issuer is an address. */
const MAX_CLAIM = 500;

/** Their sentence quotes any claim that a policy names, a person's name too; which check it was is told beside it. */
const QUOTES_CLAIMS: ReadonlySet<WhyCode> = new Set(['policy']);

const textOf = (value: unknown): string => {
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  return texts.join(' ').slice(0, MAX_CLAIM);
};

const tokenOf = (entry: Entry, source: PanelSource): NonNullable<GatewayRow['token']> => {
  const { id, kind, claims } = entry;
  const { iss, aud } = claims.payload ?? {};
  return { id, kind: source.text(`kind_${kind}`), alg: algorithmOf(entry) ?? '', iss: textOf(iss), aud: textOf(aud) };
};

export const gatewayRows = (model: Model, rows: readonly Row[]): readonly GatewayRow[] => {
  const { log, source } = model;
  const judgements = judgementsOf(model);
  return rows.map(({ exchange }) => {
    const { why, decision } = judgements.of(exchange);
    const { entry, isBrought } = toldBy(exchange, log);
    const failed = decision?.decision === 'reject' ? decision.first?.name : undefined;
    return {
      exchange,
      // What an answer brought is nothing that a gateway has looked at.
      ...(entry && !isBrought && { token: tokenOf(entry, source) }),
      ...(decision && { decision: decision.decision }),
      ...(failed && { failed }),
      ...(why && { reason: why.code }),
      ...(why && !QUOTES_CLAIMS.has(why.code) && { sentence: diagnosisText(why, source.text) }),
    };
  });
};
