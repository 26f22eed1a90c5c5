import type { FileDiff } from './unifiedDiff';

const QUIET_PATHS =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|docs?|examples?|fixtures|testdata|\.github|\.ci)\/|[._-](?:test|spec)\.[a-z]+$|_test\.go$|(?:^|\/)test_[^/]+\.py$|\.(?:md|mdx|rst|txt|adoc|png|jpe?g|svg|gif|ico|woff2?)$|(?:^|\/)(?:LICENSE|CODEOWNERS|CHANGELOG|README|\.gitignore|\.editorconfig)[^/]*$/i;

const STYLE_PATHS = /\.(?:css|scss|sass|less|html?|hbs|ejs|njk)$/i;

const COMMENT = /^\s*(?:\/\/|#(?!\[|include|define|if|else|endif)|\/?\*|<!--|--\s|;|"""|''')/;
const LOGGING = /^\s*(?:(?:this\.)?_?(?:log|logger|console|logging)\b\s*[.(:=]|slog\.|print(?:ln|f)?\(|log\.\w+\()/i;

/** Tests, documents, pictures and the like: what they hold does not run in production. `requirements.txt` does count. */
export function isQuietPath(path: string): boolean {
  return QUIET_PATHS.test(path) && !/requirements[\w.-]*\.txt$/.test(path);
}

/**
 * How far a change can matter to a running service, 0..1: tests, documents, comments and reformatting do not; styles and
 * log statements hardly do. A commit whose diff is not known counts in full by its paths.
 */
export function effectOf(files: readonly FileDiff[], paths: readonly string[]): number {
  const all = paths.length > 0 ? paths : files.flatMap((file) => file.newPath ?? file.oldPath ?? []);
  if (all.length > 0 && all.every(isQuietPath)) return 0.01;
  if (all.length > 0 && all.every((path) => isQuietPath(path) || STYLE_PATHS.test(path))) return 0.1;
  const loud = files.filter((file) => !isQuietPath(file.newPath ?? file.oldPath ?? ''));
  const hunks = loud.flatMap((file) => file.hunks);
  const changed = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind !== 'context' && line.text.trim() !== '');
  if (changed.length === 0) return files.some((file) => file.hunks.length > 0) ? 0.01 : 1;
  if (changed.every((line) => COMMENT.test(line.text))) return 0.01;
  if (isReformatting(loud)) return 0.02;
  return changed.every((line) => COMMENT.test(line.text) || LOGGING.test(line.text)) ? 0.2 : 1;
}

/** Blanks do not change a program, but where a line is indented changes a Python or YAML one. */
function isReformatting(files: readonly FileDiff[]): boolean {
  return files.every((file) => {
    const path = file.newPath ?? '';
    const squeeze = (text: string) => (/\.(?:py|ya?ml)$/.test(path) ? text.trimEnd() : text.replaceAll(/\s+/g, ''));
    return file.hunks.every((hunk) => {
      const textOf = (kind: 'added' | 'removed') =>
        hunk.lines
          .filter((line) => line.kind === kind)
          .map((line) => squeeze(line.text))
          .join('');
      return textOf('added') === textOf('removed');
    });
  });
}
