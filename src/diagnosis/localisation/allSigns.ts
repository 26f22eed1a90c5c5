import { formatPlural } from '../../domain/format';
import { calleesOf } from '../../signals/topology';
import type { Findings } from '../findings';
import { errorSigns } from './errorSigns';
import { hopSigns } from './hopSigns';
import { lastAnswerSigns } from './lastAnswerSigns';
import { lostRequestSigns } from './lostRequestSigns';
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
    ...lastAnswerSigns(findings),
    ...lostRequestSigns(findings),
    ...metricSigns(findings),
    ...workSigns(findings),
    ...placeSigns(findings),
  ];
}

/** What a caller shows first may come from any of those it calls, even where they show nothing of themselves. */
const BEYOND = 0.5;

/** Where a service lies: along the calls to where trouble shows first, and whether it is the one that alerts. */
function placeSigns({ path, alerting, graph }: Findings): readonly Sign[] {
  const along = path.map((service, depth): Sign => {
    const reason = depth === 0 ? 'trouble shows there' : `trouble shows along ${formatPlural(depth, 'call')} to it`;
    return { service, kind: 'path', score: (depth + 1) / path.length, reason, evidence: null };
  });
  const last = path.at(-1);
  const next = last === undefined ? [] : calleesOf(graph, last).filter((service) => !path.includes(service));
  const beyond = next.map((service): Sign => {
    const reason = `${last} calls it, and trouble shows no further`;
    return { service, kind: 'path', score: BEYOND / next.length, reason, evidence: null };
  });
  along.push(...beyond);
  return alerting === null ? along : [...along, { service: alerting, kind: 'alerting', score: 1, reason: 'it alerts', evidence: null }];
}
