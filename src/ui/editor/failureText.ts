import * as vscode from 'vscode';
import { formatCount, formatPercent } from '../../domain/format';
import type { LensArgument } from '../commandArguments';
import { commandIds } from '../commands';
import { isWebPage } from '../links';
import { escapeMarkdown } from '../markdownReport';
import { forTitle } from '../plainText';
import { ageWords } from '../words';
import type { Failure } from './failure';

const mostErrorCharacters = 200;

/** What failed at a line, on one line of plain text: `TypeError: x is undefined · 41 errors in checkout, last 3 min ago`. */
export function failureMessage(failure: Failure, nowMs: number): string {
  return [forTitle(headline(failure), mostErrorCharacters), ...details(failure, nowMs).map((text) => forTitle(text, mostErrorCharacters))]
    .filter(Boolean)
    .join(' · ');
}

function headline({ error, cause, count }: Failure): string {
  if (cause) return vscode.l10n.t('Likely cause ({0}): {1}', formatPercent(cause.confidence), cause.title);
  return error ?? (count > 0 ? vscode.l10n.t('Errors came out of this line') : '');
}

function details({ error, cause, count, service, lastSeenMs, isCertain }: Failure, nowMs: number): string[] {
  const counted = vscode.l10n.t('{0} errors in {1}', formatCount(count), service ?? vscode.l10n.t('an unknown service'));
  return [
    cause && error ? error : '',
    count === 0 ? '' : counted,
    lastSeenMs === null ? '' : vscode.l10n.t('last seen {0}', ageWords(lastSeenMs, nowMs)),
    isCertain ? '' : vscode.l10n.t('the deployed commit is not at hand, so the line may be another one'),
  ].filter((text) => text !== '');
}

/** Where a failure can be looked into: the page of Datadog, else the panel; null where there is neither. */
export function failureTarget(failure: Failure): vscode.Uri | null {
  if (isWebPage(failure.link)) return vscode.Uri.parse(failure.link, true);
  return failure.runId === null ? null : vscode.Uri.parse(evidenceCommand(failure.runId, failure.file), true);
}

/** An address that shows the evidence for a file in the panel; arguments are encoded, so that nothing in them reads as Markdown. */
export function evidenceCommand(runId: string, file: string): string {
  const argument: LensArgument = { runId, file };
  // Round brackets are left alone by encodeURIComponent and would end a link.
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(/[()'!*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `command:${commandIds.showEvidence}?${encoded}`;
}

/** The same as a hover. Text from outside is escaped; only our own command may be run from it. */
export function failureHoverText(failure: Failure, nowMs: number): vscode.MarkdownString {
  const lines = [
    `**${escapeMarkdown(forTitle(headline(failure), mostErrorCharacters))}**`,
    ...details(failure, nowMs).map(escapeMarkdown),
    links(failure).join(' · '),
  ];
  const markdown = new vscode.MarkdownString(lines.filter(Boolean).join('\n\n'));
  markdown.isTrusted = { enabledCommands: [commandIds.showEvidence] };
  markdown.supportHtml = false;
  return markdown;
}

function links({ link, runId, file }: Failure): string[] {
  const page = isWebPage(link) ? new URL(link).href.replace(/[()<>\\]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`) : null;
  return [
    runId === null ? '' : `[${vscode.l10n.t('Show the evidence')}](${evidenceCommand(runId, file)})`,
    page === null ? '' : `[${vscode.l10n.t('Open in Datadog')}](${page})`,
  ].filter(Boolean);
}
