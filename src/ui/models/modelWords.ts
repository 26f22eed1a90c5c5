import * as vscode from 'vscode';
import { formatBytes, formatCount, formatDollars } from '../../domain/format';
import type { SentField } from '../../domain/modelPrivacy';
import type { ModelInfo, ModelSpending } from '../../domain/modelUse';
import type { ChosenProvider } from './modelSettings';

export function providerWords(provider: ChosenProvider): string {
  switch (provider) {
    case 'none':
      return vscode.l10n.t('None: computed by code only');
    case 'ollama':
      return 'Ollama';
    case 'openai':
      return vscode.l10n.t('OpenAI, or a server that speaks its API');
    case 'anthropic':
      return vscode.l10n.t('Anthropic, or a server that speaks its API');
    case 'minimax':
      return 'MiniMax';
    case 'editor':
      return vscode.l10n.t('Models of VS Code, such as GitHub Copilot');
  }
}

export function fieldWords(field: SentField): string {
  switch (field) {
    case 'alert':
      return vscode.l10n.t('the alert');
    case 'conclusions':
      return vscode.l10n.t('what code concluded');
    case 'metrics':
      return vscode.l10n.t('metrics');
    case 'logs':
      return vscode.l10n.t('logs and errors');
    case 'traces':
      return vscode.l10n.t('traces');
    case 'changes':
      return vscode.l10n.t('deployments and commits');
    case 'runbooks':
      return vscode.l10n.t('runbooks');
    case 'person':
      return vscode.l10n.t('your role and habits');
  }
}

/** Make and size of a model on one line; empty where neither is known. */
export function modelDetail({ description, sizeBytes }: ModelInfo): string {
  return [description, sizeBytes === null ? null : formatBytes(sizeBytes)].filter((part) => part !== null).join(' · ');
}

/** What models took of what they may take: `requests: 3 · tokens: 4,120 of 100,000 · $0.01 of $1 · 12 of 300 s`. */
export function spendingWords(spending: ModelSpending): string {
  const { requests, tokens, tokensLimit, costUsd, costLimitUsd, isCostKnown, seconds, secondsLimit } = spending;
  return [
    vscode.l10n.t('requests: {0}', requests),
    tokensLimit === null
      ? vscode.l10n.t('tokens: {0}', formatCount(tokens))
      : vscode.l10n.t('tokens: {0} of {1}', formatCount(tokens), formatCount(tokensLimit)),
    costWords(costUsd, isCostKnown, costLimitUsd),
    secondsLimit === null ? vscode.l10n.t('{0} s', Math.round(seconds)) : vscode.l10n.t('{0} of {1} s', Math.round(seconds), secondsLimit),
  ].join(' · ');
}

/** What cannot be counted cannot be limited either, and a person who set a limit should know. */
function costWords(costUsd: number, isKnown: boolean, limitUsd: number | null): string {
  const cost = formatDollars(costUsd);
  if (isKnown) return limitUsd === null ? cost : vscode.l10n.t('{0} of {1}', cost, formatDollars(limitUsd));
  return limitUsd === null
    ? vscode.l10n.t('cost unknown')
    : vscode.l10n.t('cost unknown, so the limit of {0} cannot hold: see aidog.model.prices', formatDollars(limitUsd));
}
