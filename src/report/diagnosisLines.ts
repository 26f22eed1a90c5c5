import { formatPlural } from '../domain/format';
import type { NextQuery } from '../domain/hypothesis';
import type { IncidentCheck, RuledOut } from '../domain/incidentCheck';
import type { Investigation, Step, TraceEntry } from '../domain/investigation';
import { oneLine } from '../domain/plainText';
import type { RunbookHit } from '../domain/runbook';

const MAX_TEXT = 300;
const MAX_PARAGRAPH = 1500;
const MAX_UNCHECKED = 6;
const WIDTH = 110;

const shown = (text: string) => oneLine(text, MAX_TEXT);
const citing = (ids: readonly string[]) => (ids.length === 0 ? '' : ` (${ids.map(shown).join(', ')})`);
const typeWords = (type: string) => type.replaceAll('_', ' ');

/** Sentences as lines of at most 110 characters behind an indent; a longer word has a line of its own. */
export function paragraph(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text, MAX_PARAGRAPH).split(' ')) {
    if (line !== '' && indent.length + line.length + word.length >= WIDTH) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}

/** What the checks saw that a person should look at, how many saw nothing, and how many had nothing to look at. */
export function checkLines(checks: readonly IncidentCheck[]): string[] {
  const interesting = checks.filter(({ isInteresting }) => isInteresting);
  const blind = checks.filter(({ isInteresting, unchecked }) => !isInteresting && unchecked.length > 0).length;
  const quiet = checks.length - interesting.length - blind;
  const other = (count: number) => formatPlural(count, interesting.length === 0 ? 'check' : 'other check');
  return [
    ...interesting.map(({ type, summary, evidence }) => `  - ${typeWords(type)}: ${shown(summary)}${citing(evidence)}`),
    ...(quiet === 0 ? [] : [`  ${other(quiet)} found nothing unusual.`]),
    ...(blind === 0 ? [] : [`  ${other(blind)} could not be made, for want of data.`]),
  ];
}

export function ruledOutLines(ruledOut: readonly RuledOut[]): string[] {
  return ruledOut.map(({ type, service, reason, evidence }) => {
    const where = service === null ? '' : ` of ${shown(service)}`;
    return `  - ${typeWords(type)}${where}: ${shown(reason)}${citing(evidence)}`;
  });
}

/** What checks could not look at, each once. */
export function uncheckedLines(checks: readonly IncidentCheck[]): string[] {
  const unchecked = [...new Set(checks.flatMap((check) => check.unchecked.map(shown)))];
  const left = unchecked.length - MAX_UNCHECKED;
  return [...unchecked.slice(0, MAX_UNCHECKED), ...(left > 0 ? [`and ${formatPlural(left, 'other thing')}`] : [])].map(
    (what) => `  - not checked: ${what}`,
  );
}

export function nextQueryLines(next: NextQuery | null | undefined): string[] {
  if (!next) return [];
  const query = next.query === '' ? '' : `: ${shown(next.query)}`;
  return [`     next     ${shown(next.title)}${query}`, ...(next.link === null ? [] : [`              ${shown(next.link)}`])];
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

/** Who worded the answers; nothing where no model was asked. */
export function answeredLines({ trace, usage }: Pick<Investigation, 'trace' | 'usage'>): string[] {
  const { total, byModel, why } = answersIn(trace);
  if (usage.model === null && trace.every(({ agent }) => !agent.startsWith('models.'))) return [];
  const { tokensIn, tokensOut, costUsd } = usage;
  const cost = costUsd === null || costUsd === undefined ? '' : `, $${costUsd.toFixed(costUsd > 0 && costUsd < 0.01 ? 4 : 2)}`;
  const spent = `${(tokensIn + tokensOut).toLocaleString('en')} tokens${cost}`;
  const who =
    byModel === 0 ? 'Worded by code' : `${byModel} of ${formatPlural(total, 'answer')} worded by ${shown(usage.model ?? 'a model')}`;
  return [`${who} (${spent}).`, ...(byModel === total || why === null ? [] : [`Code answered the rest: ${shown(why)}`])];
}

/** How many agents answered, how many of them with a model's words, and why the first other one did not. */
export function answersIn(trace: readonly TraceEntry[]): { total: number; byModel: number; why: string | null } {
  const calls = trace.flatMap(({ agent, call }) => (agent.startsWith('agents.') && call ? [call] : []));
  const byCode = calls.filter(({ answeredBy }) => answeredBy === 'fallback');
  return { total: calls.length, byModel: calls.length - byCode.length, why: byCode[0]?.why ?? null };
}
