import { formatNumber } from '../../domain/format';
import type { RatedRule } from './ratedRule';

const WEEKEND = new Set([0, 6]);

/** What is unusual, in words; the rule is the one that was surprised most. */
export function reasonFor(rule: RatedRule, atSec: number, value: number): string {
  const side = rule.direction === 'below' ? 'below' : 'above';
  const isConstant = rule.times <= 0;
  const beyond = `${isConstant ? '' : `${formatNumber(rule.times)} times the usual distance `}${side}`;
  switch (rule.name) {
    case 'zScore':
      return `${formatNumber(rule.deviation)} standard deviations ${side} the mean`;
    case 'robust':
      return isConstant ? `${side} a level that was constant before` : `${beyond} the median`;
    case 'seasonal':
    case 'envelope':
      return `${beyond} what ${momentWords(atSec)} ${isConstant ? 'always' : 'usually'} shows`;
    case 'forecast':
      return isConstant ? `a jump ${side} values that were constant before` : `a jump: ${beyond} what the values just before suggest`;
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
