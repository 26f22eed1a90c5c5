import type { Evidence } from '../domain/evidence';
import { confidenceWord, formatPercent, formatSha } from '../domain/format';
import type { CodeLocation, WorkingTreeLocation } from '../domain/frame';
import { gapTask } from '../domain/gap';
import type { Hypothesis, NextQuery } from '../domain/hypothesis';
import { PROSE_COLUMNS, paragraph, shown } from './reportText';

/** All hypotheses, best first. What an earlier one says already, facts and gaps, is not said again. */
export function hypothesesLines(hypotheses: readonly Hypothesis[], evidence: readonly Evidence[], columns = PROSE_COLUMNS): string[] {
  const told = new Set<string>();
  return hypotheses.flatMap((hypothesis, at) => [
    ...headLines(hypothesis, at + 1),
    ...paragraph(hypothesis.explanation ?? '', '     ', columns),
    ...factLines(hypothesis, evidence, told),
  ]);
}

function headLines({ title, confidence, service, kind, commit }: Hypothesis, number: number): string[] {
  const facts = [kind.replaceAll('_', ' '), service && `service ${service}`, commit && `commit ${formatSha(commit)}`];
  const about = facts.filter(Boolean).map((fact) => shown(String(fact)));
  return [
    `  ${number}. ${shown(title)}`,
    `     confidence ${formatPercent(confidence)} (${confidenceWord(confidence)}) · ${about.join(' · ')}`,
  ];
}

function factLines(hypothesis: Hypothesis, evidence: readonly Evidence[], told: Set<string>): string[] {
  const { location, workspace, evidenceFor, evidenceAgainst, nextQuery } = hypothesis;
  return [
    ...(location === null ? [] : [`     at       ${placeText(location)}`]),
    ...(workspace === null ? [] : [`     open     ${workspaceText(workspace)}`]),
    ...evidenceReferences('for', evidenceFor, evidence, told),
    ...evidenceReferences('against', evidenceAgainst, evidence, told),
    ...missingLines(hypothesis, told),
    ...nextQueryLines(nextQuery),
  ];
}

/** A fact is told once; after that its id says enough. */
function evidenceReferences(label: string, ids: readonly string[], evidence: readonly Evidence[], told: Set<string>): string[] {
  const [known, fresh] = [ids.filter((id) => told.has(id)), ids.filter((id) => !told.has(id))];
  for (const id of ids) told.add(id);
  const name = `     ${label.padEnd(8)} `;
  return [
    ...fresh.map((id) => `${name}${shown(id)}  ${shown(evidence.find((fact) => fact.id === id)?.summary ?? '')}`),
    ...(known.length === 0 ? [] : [`${name}${known.map(shown).join(', ')}, as above`]),
  ];
}

function missingLines({ missing, nextQuery }: Hypothesis, told: Set<string>): string[] {
  const fresh = missing.filter((what) => !told.has(what) && gapTask(what) !== nextQuery?.title);
  for (const what of missing) told.add(what);
  return fresh.map((what) => `     missing  ${shown(what)}`);
}

export function nextQueryLines(next: NextQuery | null | undefined): string[] {
  if (!next) return [];
  return [
    `     next     ${shown(next.title)}`,
    ...(next.query === '' ? [] : [`              ${shown(next.query)}`]),
    ...(next.link === null ? [] : [`              ${shown(next.link)}`]),
  ];
}

function placeText({ file, line, function: name }: CodeLocation): string {
  return `${shown(file)}:${line}${name === null ? '' : ` in ${shown(name)}`}`;
}

function workspaceText({ root, path, line, status }: WorkingTreeLocation): string {
  const place = `${root === '' ? '' : `${shown(root)}/`}${shown(path)}:${line}`;
  return status === 'exact' ? place : `${place} (the line was ${status})`;
}
