import * as vscode from 'vscode';
import type { ErrorKind } from '../domain/errors';

/** State that `when` clauses in package.json look at. */
export interface ContextValues {
  /** What the tree of incidents can say; decides which welcome text is shown. `ready` means that nothing is open, else it is `listed`. */
  readonly 'aidog.incidents': 'unconfigured' | 'loading' | 'ready' | 'listed' | 'failed';
  /** Why the last look for incidents failed. */
  readonly 'aidog.problem': ErrorKind | 'none';
  readonly 'aidog.isRunning': boolean;
  readonly 'aidog.hasInvestigation': boolean;
  /** Whether the shown investigation names a place in the code. */
  readonly 'aidog.hasOffendingFile': boolean;
  readonly 'aidog.hasLink': boolean;
  /** Whether a fix is drafted; decides whether its view is shown. */
  readonly 'aidog.hasFix': boolean;
  /** Whether a stack trace was resolved; decides whether its view is shown. */
  readonly 'aidog.hasStack': boolean;
  /** Whether the shown investigation suspects a commit. */
  readonly 'aidog.canDraftFix': boolean;
}

export const contextKeys: readonly (keyof ContextValues)[] = [
  'aidog.incidents',
  'aidog.problem',
  'aidog.isRunning',
  'aidog.hasInvestigation',
  'aidog.hasOffendingFile',
  'aidog.hasLink',
  'aidog.hasFix',
  'aidog.hasStack',
  'aidog.canDraftFix',
];

export interface ContextKeys {
  set<K extends keyof ContextValues>(key: K, value: ContextValues[K]): void;
}

/** Sets context keys, each only when its value changes. */
export function createContextKeys(): ContextKeys {
  const current = new Map<string, unknown>();
  return {
    set(key, value) {
      if (current.get(key) === value) return;
      current.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    },
  };
}
