import type { FixPatch, FixReason } from '../domain/fix';
import { formatSha } from '../domain/format';
import { oneLine } from '../domain/plainText';

const MAX_TITLE_CHARACTERS = 72;

const CLOSING = /\b(close[sd]?|fix(?:e[sd])?|resolve[sd]?)(:? +)(?=[\w./-]{0,200}#\d|gh-\d|https?:)/gi;

/**
 * Text from elsewhere as it may stand in a commit message or a title on GitHub: on one line, calling nobody and closing nothing.
 * `@name` becomes `(at)name`, and `fixes #1` becomes `fixes: see #1`, which is no closing keyword.
 */
export function quoted(text: string, maxCharacters = MAX_TITLE_CHARACTERS): string {
  const line = oneLine(text, maxCharacters * 4)
    .replace(CLOSING, (_, keyword: string) => `${keyword} (see) `)
    .replace(/(^|[^\w])@(?=\w)/g, '$1(at)');
  const characters = [...line];
  if (characters.length <= maxCharacters) return line;
  return `${characters
    .slice(0, maxCharacters - 1)
    .join('')
    .trimEnd()}…`;
}

/** What the fix is called: title of the pull request and first line of the commit. */
export function fixTitle(patch: FixPatch): string {
  return `Revert "${quoted(patch.title, MAX_TITLE_CHARACTERS - 'Revert ""'.length)}"`;
}

/** The message that is offered for the commit. */
export function commitMessage(patch: FixPatch, reason: Pick<FixReason, 'incident' | 'hypothesis'>): string {
  const merge = patch.isMerge ? ' (a merge, undone against its first parent)' : '';
  return [
    fixTitle(patch),
    `This reverts commit ${patch.commit}${merge}.`,
    `Suspected cause of the incident "${quoted(reason.incident)}": ${quoted(reason.hypothesis, 200)}`,
  ].join('\n\n');
}

/** What is done, in few words, for the name of a branch: `revert fef1cf7`. */
export const deedOf = (commit: string): string => `revert ${formatSha(commit)}`;
