import * as vscode from 'vscode';
import type { CodeHit } from '../domain/evidence';
import { formatCount, formatDuration, formatPercent } from '../domain/format';
import { forLabel } from './plainText';

/** What was measured in one function, all its hits taken together. */
export interface FunctionLoad {
  readonly service: string;
  readonly requests: number;
  readonly errors: number;
  readonly p95Ms: number | null;
  readonly baselineP95Ms: number | null;
}

/** Changes of p95 smaller than this share of the baseline are not worth a word. */
const leastChange = 0.05;

/** Sums requests and errors; p95 and its baseline are those of the slowest hit. */
export function combine(hits: readonly CodeHit[]): FunctionLoad {
  const slowest = hits.reduce<CodeHit | null>((worst, hit) => ((hit.p95Ms ?? -1) > (worst?.p95Ms ?? -1) ? hit : worst), null);
  return {
    service: [...new Set(hits.map(({ service }) => service))].join(', '),
    requests: sum(hits.map(({ requests }) => requests)),
    errors: sum(hits.map(({ errors }) => errors)),
    p95Ms: slowest?.p95Ms ?? null,
    baselineP95Ms: slowest?.baselineP95Ms ?? null,
  };
}

/** Fills `{p95}`, `{change}`, `{errors}`, `{requests}` and `{service}` in; parts between ` · ` that stay empty are left out. */
export function lensText(load: FunctionLoad, template: string): string {
  const values: Record<string, string> = {
    p95: load.p95Ms === null ? '' : `p95 ${formatDuration(load.p95Ms)}`,
    change: changeWords(load),
    errors: errorWords(load),
    requests: load.requests === 0 ? '' : vscode.l10n.t('{0} req', formatCount(load.requests)),
    service: forLabel(load.service),
  };
  const fill = (part: string) =>
    part.replace(/\{(\w+)\}/gu, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole)).trim();
  return template.split('·').map(fill).filter(Boolean).join(' · ');
}

/** The same in whole words, for the tooltip and for those who listen. */
export function lensTooltip(load: FunctionLoad, subject: string): string {
  const requests = vscode.l10n.t('{0} requests, {1} errors in {2}', formatCount(load.requests), formatCount(load.errors), load.service);
  return `${requests}\n${vscode.l10n.t('Seen in the investigation of "{0}"', subject)}`;
}

function changeWords({ p95Ms, baselineP95Ms }: FunctionLoad): string {
  if (p95Ms === null || !baselineP95Ms) return '';
  const change = p95Ms / baselineP95Ms - 1;
  if (Math.abs(change) < leastChange) return '';
  return `${change > 0 ? '▲' : '▼'}${formatPercent(Math.abs(change))}`;
}

/** A share where requests are known, a count where only errors were seen. */
function errorWords({ errors, requests }: FunctionLoad): string {
  if (errors === 0) return '';
  if (requests === 0) return vscode.l10n.t('{0} err', formatCount(errors));
  return vscode.l10n.t('{0} err', formatPercent(Math.min(errors, requests) / requests));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
