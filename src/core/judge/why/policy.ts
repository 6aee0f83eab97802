/** What the person's policy says, where no reason of its own has said it better. */
import { found, type LookAt } from './look.ts';

export const lookAtPolicy: LookAt = ({ decision }) => {
  if (decision?.decision === 'accept') return 'in_order';
  if (decision?.decision !== 'reject') return undefined;
  return decision.first && found('policy', 'policy', [{ check: decision.first }]);
};
