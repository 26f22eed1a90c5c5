import { resourceOf } from '../../signals/gauges/resource';
import type { Explanation } from '../explanation';
import type { Findings, Statement } from '../findings';
import { isBad, troubledWorkloads } from './signs';

/** What is logged less often than this, or makes up less of what is logged as trouble, may be one request's doing. */
const ENOUGH_LINES = 3;
const ENOUGH_SHARE = 0.01;
const PLAIN_SCORE = 1;
const FEW_STRENGTH = 0.5;

/**
 * Whether a few log lines of one service are all that these facts amount to. Other sources bear them out: a gauge, an event, failing
 * requests that say nothing else. A process that ended wrote its last line once; there its restart does.
 */
export function areFewLines(evidence: readonly string[], findings: Findings): boolean {
  const { statements, failures } = findings;
  const logged = statements.filter(({ source }) => source === 'log');
  const told = logged.filter((statement) => evidence.includes(statement.evidence));
  const ids = new Set(told.map((statement) => statement.evidence));
  if (told.length === 0 || evidence.some((id) => !ids.has(id)) || new Set(told.map(({ service }) => service)).size > 1) return false;
  const silent = failures.some(({ type, message, service }) => type === null && message === null && service === told[0]?.service);
  if (silent || hasRestarted(findings)) return false;
  const lines = linesOf(told);
  return lines < ENOUGH_LINES || lines < ENOUGH_SHARE * linesOf(logged.filter(({ isTrouble }) => isTrouble));
}

/** An explanation that rests on a few lines alone is at most an association. */
export function weighedByLines(explanation: Explanation, findings: Findings): Explanation {
  if (explanation.evidenceClass !== 'mechanism' || !areFewLines(explanation.evidenceFor, findings)) return explanation;
  return { ...explanation, evidenceClass: 'association', strength: explanation.strength * FEW_STRENGTH };
}

const linesOf = (some: readonly Statement[]) => some.reduce((sum, { count }) => sum + count, 0);

function hasRestarted(findings: Findings): boolean {
  const { gauges, metrics } = findings;
  const isUp = gauges.some((gauge) => gauge.resource === 'restarts' && isBad(gauge));
  const isRisen = metrics.some(
    ({ change }) => resourceOf(change.series.metric) === 'restarts' && change.direction === 'up' && change.score >= PLAIN_SCORE,
  );
  return isUp || isRisen || troubledWorkloads(findings).length > 0;
}
