import { formatPlural } from '../../domain/format';
import type { Findings } from '../findings';
import { errorSigns } from './errorSigns';
import { hopSigns } from './hopSigns';
import { metricSigns } from './metricSigns';
import { ownServices } from './services';
import { shapeSigns } from './shapeSigns';
import type { Sign } from './sign';
import { timeSigns } from './timeSigns';
import { workSigns } from './workSigns';

/** Every sign of every service, in no order. */
export function allSigns(findings: Findings): readonly Sign[] {
  return [
    ...errorSigns(findings),
    ...timeSigns(findings, ownServices(findings)),
    ...hopSigns(findings),
    ...shapeSigns(findings),
    ...metricSigns(findings),
    ...workSigns(findings),
    ...placeSigns(findings),
  ];
}

/** Where a service lies: along the calls to where trouble shows first, and whether it is the one that alerts. */
function placeSigns({ path, alerting }: Findings): readonly Sign[] {
  const along = path.map((service, depth): Sign => {
    const reason = depth === 0 ? 'trouble shows there' : `trouble shows along ${formatPlural(depth, 'call')} to it`;
    return { service, kind: 'path', score: (depth + 1) / path.length, reason, evidence: null };
  });
  return alerting === null ? along : [...along, { service: alerting, kind: 'alerting', score: 1, reason: 'it alerts', evidence: null }];
}
