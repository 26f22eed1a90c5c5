import * as vscode from 'vscode';
import type { ModelRequest } from '../../domain/languageModel';
import type { SentField } from '../../domain/modelPrivacy';
import type { PromptPreview, SentPrompt } from '../../domain/modelUse';
import { plainText } from '../../domain/plainText';
import { fieldWords } from './modelWords';

/** Much longer than any prompt and answer that AIDog asks for. */
const MAX_CHARACTERS = 200_000;

/** The last requests as Markdown, newest first: what was sent, byte for byte, and what came of it. */
export function sentPromptsText(prompts: readonly SentPrompt[]): string {
  return [
    `# ${vscode.l10n.t('What language models were sent')}`,
    vscode.l10n.t('Newest first. Each body is shown exactly as it was sent; keys are sent beside it and never kept.'),
    ...prompts.map(sentText),
  ].join('\n\n');
}

function sentText({ at, purpose, model, url, body, outcome }: SentPrompt): string {
  const [how, answer] =
    outcome === null
      ? [vscode.l10n.t('It is still being answered.'), []]
      : [
          outcome.problem ?? vscode.l10n.t('Answered after {0} ms.', outcome.ms),
          outcome.text === null ? [] : [`### ${vscode.l10n.t('Answer')}`, fenced(outcome.text, '')],
        ];
  return [
    `## ${purpose} · ${at}`,
    `${inline(model)} · ${inline(url)}\n\n${plainText(how, 1000)}`,
    `### ${vscode.l10n.t('Request')}`,
    fenced(JSON.stringify(body, null, 2), 'json'),
    ...answer,
  ].join('\n\n');
}

/** What would be sent, as Markdown, with what is replaced and left out. */
export function previewText(
  { prompts, hidden, isRemote }: PromptPreview,
  to: string,
  fields: readonly SentField[],
  all: readonly SentField[],
) {
  const left = all.filter((field) => !fields.includes(field)).map(fieldWords);
  const replaced = Object.entries(hidden).filter(([, count]) => count > 0);
  const notes = [
    !isRemote
      ? vscode.l10n.t('The model is on this machine, so nothing is left out.')
      : left.length === 0
        ? vscode.l10n.t('Nothing is left out by the setting "aidog.model.sendFields".')
        : vscode.l10n.t('Left out by the setting "aidog.model.sendFields": {0}.', left.join(', ')),
    replaced.length === 0
      ? vscode.l10n.t('No secret, address or personal data was found, so nothing is replaced.')
      : vscode.l10n.t('Replaced with placeholders: {0}.', replaced.map(([kind, count]) => `${count} × ${kind}`).join(', ')),
  ];
  return [
    `# ${vscode.l10n.t('What a model is sent for this investigation')}`,
    `${vscode.l10n.t('Nothing has been sent by this preview. It is for {0}.', to)}\n\n${notes.map((note) => `- ${note}`).join('\n')}`,
    ...prompts.map(requestText),
  ].join('\n\n');
}

function requestText({ name, system, messages, schema }: ModelRequest): string {
  return [
    `## ${name}`,
    `### ${vscode.l10n.t('Instructions')}`,
    fenced(system, ''),
    ...messages.flatMap(({ role, content }) => [`### ${role}`, fenced(content, '')]),
    `### ${vscode.l10n.t('Form of the answer (JSON schema)')}`,
    fenced(JSON.stringify(schema, null, 2), 'json'),
  ].join('\n\n');
}

const inline = (text: string) => `\`${plainText(text, 300).replaceAll('`', "'")}\``;

/** A fence that is longer than any in the text, so that the text cannot end it. */
function fenced(text: string, language: string): string {
  const shown = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}
