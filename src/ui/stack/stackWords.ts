import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { StackLanguage } from '../../domain/frame';
import { oneLine } from '../../domain/plainText';
import type { ResolvedException, ResolvedFrame } from '../../domain/resolvedTrace';
import type { FrameNode, FrameState } from './stackNodes';

const languages: Readonly<Record<StackLanguage, string>> = {
  javascript: 'JavaScript',
  python: 'Python',
  java: 'Java',
  kotlin: 'Kotlin',
  go: 'Go',
  ruby: 'Ruby',
  php: 'PHP',
  csharp: '.NET',
  rust: 'Rust',
  elixir: 'Elixir',
  swift: 'Swift',
  dart: 'Dart',
  perl: 'Perl',
};

export const languageName = (language: StackLanguage) => languages[language];

/** A commit as people write it; a version or tag as it is. */
export const commitName = (commit: string) => (/^[0-9a-f]{40,64}$/iu.test(commit) ? commit.slice(0, 7) : oneLine(commit, 40));

/** How an exception has to do with the one above it; empty for the first. */
export function relationWords(relation: ResolvedException['relation']): string {
  if (relation === null) return '';
  const words: Record<NonNullable<ResolvedException['relation']>, string> = {
    cause: vscode.l10n.t('caused by'),
    context: vscode.l10n.t('while handling'),
    suppressed: vscode.l10n.t('suppressed'),
    group: vscode.l10n.t('in the group'),
  };
  return words[relation];
}

/** What became of a frame's line, in two or three words. */
export function stateWords({ frame, state, trace }: Pick<FrameNode, 'frame' | 'state' | 'trace'>): string {
  const words: Record<FrameState, string> = {
    exact: vscode.l10n.t('unchanged'),
    moved: vscode.l10n.t('moved from {0}', frame.deployed?.line ?? frame.line ?? '?'),
    edited: vscode.l10n.t('edited since'),
    deleted: vscode.l10n.t('deleted since'),
    unknown: trace.commit === null ? vscode.l10n.t('commit unknown') : vscode.l10n.t('commit {0} not at hand', commitName(trace.commit)),
    ambiguous: vscode.l10n.t('ambiguous, {0} files', frame.candidates.length),
    library: kindWords(frame.kind),
    elsewhere: vscode.l10n.t('not in this workspace'),
  };
  return words[state];
}

function kindWords(kind: ResolvedFrame['kind']): string {
  const words: Record<ResolvedFrame['kind'], string> = {
    app: '',
    library: vscode.l10n.t('library'),
    runtime: vscode.l10n.t('runtime'),
    native: vscode.l10n.t('native'),
    eval: vscode.l10n.t('evaluated code'),
    async: vscode.l10n.t('asynchronous'),
    'created-by': vscode.l10n.t('created here'),
    handler: vscode.l10n.t('error handler'),
  };
  return words[kind];
}

/** Where a frame is in the workspace, or as the trace has it where it is nowhere. */
export interface PlaceWords {
  /** `pricing.js:19`. */
  readonly line: string;
  /** The folder of the file, with that of the repository where several are open; empty where there is none. */
  readonly folder: string;
}

export function placeWords({ workspace, file, line }: ResolvedFrame, hasSeveralRoots: boolean): PlaceWords {
  if (workspace === null) return { line: file === null ? '' : `${oneLine(file, 200)}${line === null ? '' : `:${line}`}`, folder: '' };
  const cut = workspace.path.lastIndexOf('/');
  const folder = [hasSeveralRoots ? basename(workspace.root) : '', workspace.path.slice(0, Math.max(0, cut))].filter((part) => part !== '');
  return { line: oneLine(`${workspace.path.slice(cut + 1)}:${workspace.line}`, 200), folder: oneLine(folder.join('/'), 200) };
}

export const frameName = ({ function: name }: ResolvedFrame) => (name === null ? vscode.l10n.t('(anonymous)') : oneLine(name, 120));
