import { formatNumber, formatPercent } from '../../domain/format';
import { oneLine } from '../../domain/plainText';
import { headline } from '../../domain/sentence';
import type { DatabaseWork, Findings } from '../findings';

/** A statement explains the load when it makes up so much of it. */
const DOMINANT_SHARE = 0.5;
const MAX_STATEMENT = 110;

export interface Dominant {
  readonly words: string;
  readonly evidence: readonly string[];
}

/** The statement that makes up most of the database's load, with what it waits for; null where none does. */
export function busiestStatement(findings: Findings): Dominant | null {
  const [first] = statementsOf(findings);
  if (!first || shareOf(first, findings) < DOMINANT_SHARE) return null;
  const waits = first.waits.slice(0, 2).map(({ name, load }) => `${name} ${formatNumber(load)}`);
  const share = formatPercent(shareOf(first, findings));
  return {
    words: `one statement makes up ${share} of the database load${waits.length === 0 ? '' : ` (${waits.join(', ')})`}: "${headline(oneLine(first.name), MAX_STATEMENT)}"`,
    evidence: [first.evidence],
  };
}

export function statementsOf({ databaseWork }: Findings): readonly DatabaseWork[] {
  return databaseWork.filter(({ kind }) => kind === 'statement');
}

/** The waits of the database, largest first. */
export function waitsOf({ databaseWork }: Findings): readonly DatabaseWork[] {
  return databaseWork.filter(({ kind }) => kind === 'wait').sort((a, b) => b.load - a.load);
}

/** What part of the load that matching waits make up, 0..1; 0 where waits are not known. */
export function waitShare(findings: Findings, name: RegExp): number {
  const waits = waitsOf(findings);
  const total = waits.reduce((sum, { load }) => sum + load, 0);
  return total === 0 ? 0 : waits.filter((wait) => name.test(wait.name)).reduce((sum, { load }) => sum + load, 0) / total;
}

function shareOf(statement: DatabaseWork, findings: Findings): number {
  const total = statementsOf(findings).reduce((sum, { load }) => sum + load, 0);
  return total === 0 ? 0 : statement.load / total;
}
