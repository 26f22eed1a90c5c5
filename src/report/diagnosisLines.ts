import { formatPlural } from '../domain/format';
import { absentPart } from '../domain/gap';
import type { Hypothesis } from '../domain/hypothesis';
import type { IncidentCheck, RuledOut } from '../domain/incidentCheck';
import type { Investigation, Step, TraceEntry, Usage } from '../domain/investigation';
import type { RunbookHit } from '../domain/runbook';
import { PROSE_COLUMNS, paragraph, shown } from './reportText';

const MAX_UNCHECKED = 6;
const MAX_CITED = 4;

function citing(ids: readonly string[]): string {
  const left = ids.length - MAX_CITED;
  const more = left > 0 ? ` and ${left} more` : '';
  return ids.length === 0 ? '' : ` (${ids.slice(0, MAX_CITED).map(shown).join(', ')}${more})`;
}
const typeWords = (type: string) => type.replaceAll('_', ' ');

/** What the checks saw that a person should look at, how many saw nothing, and how many had nothing to look at. */
export function checkLines(checks: readonly IncidentCheck[], hypotheses: readonly Hypothesis[] = []): string[] {
  const interesting = checks.filter(({ isInteresting }) => isInteresting);
  const blind = checks.filter(({ isInteresting, unchecked }) => !isInteresting && unchecked.length > 0).length;
  const quiet = checks.length - interesting.length - blind;
  const other = (count: number) => formatPlural(count, interesting.length === 0 ? 'check' : 'other check');
  return [
    ...interesting.map((check) => `  - ${typeWords(check.type)}: ${findingOf(check, hypotheses)}`),
    ...(quiet === 0 ? [] : [`  ${other(quiet)} found nothing unusual.`]),
    ...(blind === 0 ? [] : [`  ${other(blind)} could not be made, for want of data.`]),
  ];
}

/** What became a hypothesis is told there. */
function findingOf({ summary, evidence }: IncidentCheck, hypotheses: readonly Hypothesis[]): string {
  const at = hypotheses.findIndex(({ title }) => summary.startsWith(title));
  return at < 0 ? `${shown(summary)}${citing(evidence)}` : `see hypothesis ${at + 1}.`;
}

/** That something is wrong goes without saying. */
export function ruledOutLines(ruledOut: readonly RuledOut[]): string[] {
  return ruledOut
    .filter(({ type }) => type !== 'healthy')
    .map(({ type, service, reason, evidence }) => {
      const where = service === null ? '' : ` (${shown(service)})`;
      return `  - ${typeWords(type)}${where}: ${shown(reason)}${citing(evidence)}`;
    });
}

/** What checks could not look at, each once and in few lines. */
export function uncheckedLines(checks: readonly IncidentCheck[], columns = PROSE_COLUMNS): string[] {
  const unchecked = [...new Set(checks.flatMap((check) => check.unchecked.map((what) => shown(absentPart(what)))))];
  const left = unchecked.length - MAX_UNCHECKED;
  if (unchecked.length === 0) return [];
  const [first = '', ...lines] = paragraph(
    `No data for: ${unchecked.slice(0, MAX_UNCHECKED).join('; ')}${left > 0 ? `; and ${formatPlural(left, 'other thing')}` : ''}.`,
    '    ',
    columns,
  );
  return [`  - ${first.trimStart()}`, ...lines];
}

export function runbookLines(runbooks: readonly RunbookHit[]): string[] {
  return runbooks.map((hit) => `  ${shown(hit.id).padEnd(4)} ${runbookName(hit)} (${runbookPlace(hit)})`);
}

const runbookName = ({ title, section }: RunbookHit) => (section === title ? shown(title) : `${shown(title)} › ${shown(section)}`);

function runbookPlace({ origin, path, line }: RunbookHit): string {
  if (origin === 'bundled') return 'comes with AIDog';
  if (path === null) return 'learned from incidents';
  return origin === 'learned' ? `kept as ${shown(path)}:${line}` : `${shown(path)}:${line}`;
}

/** Which sections of runbooks a step comes from; those that are not there are left out. */
export function citedRunbooks({ runbooks: ids = [] }: Step, runbooks: readonly RunbookHit[]): string {
  const cited = ids.flatMap((id) => runbooks.filter((hit) => hit.id === id));
  return cited.length === 0 ? '' : `see ${cited.map((hit) => `${shown(hit.id)} ${runbookName(hit)}`).join('; ')}`;
}

/** Who worded the answers; nothing where no model was asked. Why code worded some is told among the problems. */
export function answeredLines({ trace, usage }: Pick<Investigation, 'trace' | 'usage'>): string[] {
  const { total, byModel } = answersIn(trace);
  if (usage.model === null && trace.every(({ agent }) => !agent.startsWith('models.'))) return [];
  const spent = `${(usage.tokensIn + usage.tokensOut).toLocaleString('en')} tokens${costOf(usage)}`;
  const who =
    byModel === 0 ? 'Worded by code' : `${byModel} of ${formatPlural(total, 'answer')} worded by ${shown(usage.model ?? 'a model')}`;
  return [`${who} (${spent}).`];
}

/** What cannot be counted cannot be limited either. */
function costOf({ costUsd, spending, model }: Usage): string {
  if (typeof costUsd === 'number') return `, $${costUsd.toFixed(costUsd > 0 && costUsd < 0.01 ? 4 : 2)}`;
  if (model === null) return '';
  const limitUsd = spending?.costLimitUsd ?? null;
  return `, cost unknown${limitUsd === null ? '' : `: the limit of $${limitUsd} could not hold`}`;
}

/** How many agents answered, and how many of them with a model's words. */
function answersIn(trace: readonly TraceEntry[]): { total: number; byModel: number } {
  const calls = trace.flatMap(({ agent, call }) => (agent.startsWith('agents.') && call ? [call] : []));
  return { total: calls.length, byModel: calls.filter(({ answeredBy }) => answeredBy !== 'fallback').length };
}
