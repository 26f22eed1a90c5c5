import { formatNumber } from '../../domain/format';
import type { RatedRule } from './ratedRule';

const WEEKEND = new Set([0, 6]);

/** What is unusual, in words; the rule is the one that was surprised most. */
export function reasonFor(rule: RatedRule, atSec: number, value: number): string {
  const much = rule.times > 0 ? `${formatNumber(rule.times)} times the usual distance` : 'out of a constant series,';
  const side = rule.direction === 'below' ? 'below' : 'above';
  switch (rule.name) {
    case 'zScore':
      return `${formatNumber(rule.deviation)} standard deviations ${side} the mean`;
    case 'robust':
      return `${much} ${side} the median`;
    case 'seasonal':
    case 'envelope':
      return `${much} ${side} what ${momentWords(atSec)} usually shows`;
    case 'forecast':
      return `a jump: ${much} ${side} what the values just before suggest`;
    case 'change':
      return `the level ${rule.direction === 'below' ? 'fell' : 'rose'} and stayed, from around ${formatNumber(rule.expected ?? value)}`;
    case 'flat':
      return 'the values hardly move any more, much less than this series usually does';
  }
}

function momentWords(atSec: number): string {
  const moment = new Date(atSec * 1000);
  if (Number.isNaN(moment.getTime())) return 'this time of day';
  const clock = `${String(moment.getUTCHours()).padStart(2, '0')}:${String(moment.getUTCMinutes()).padStart(2, '0')}`;
  return `${clock} UTC on a ${WEEKEND.has(moment.getUTCDay()) ? 'weekend' : 'weekday'}`;
}
