import type { Repository } from '../../domain/ports';
import { runbookUnreadable, tooManyRunbooks } from '../../domain/runbookErrors';
import type { RunbookDocument } from '../../knowledge/runbookIndex';
import type { Run } from '../run';

/** Where teams keep their runbooks; the single files are notes for assistants that read telemetry. */
const PLACES = ['runbooks', 'docs/runbooks', 'bits.md', 'BITS.md', '.datadog/bits.md', '.datadog/BITS.md'];
const MARKDOWN = /\.(?:md|markdown)$/i;
const MAX_FILES = 300;
const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** Characters of all runbooks together; what goes beyond is left out. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

/** The runbooks in the working trees of the repositories. What cannot be read is named among the problems. */
export async function readRunbooks(repositories: readonly Repository[], run: Run): Promise<readonly RunbookDocument[]> {
  const documents: RunbookDocument[] = [];
  let left = MAX_CHARACTERS;
  for (const repository of repositories.filter(({ root }) => root !== null)) {
    const files = await run.ask<readonly string[]>({
      agent: 'knowledge.runbooks',
      otherwise: [],
      ask: async (signal) => (await repository.listFiles(signal, PLACES)).filter(isRunbook),
      note: (found) => `${found.length} runbooks in ${repository.name}`,
    });
    if (files.length > MAX_FILES) run.addProblem(tooManyRunbooks(repository.name, MAX_FILES).message);
    for (const path of files.slice(0, MAX_FILES)) {
      run.throwIfCancelled();
      const text = await repository.readFile(path, run.signal, MAX_FILE_BYTES);
      if (text === null) run.addProblem(runbookUnreadable(path).message);
      else if (text.length <= left && text.trim() !== '') {
        left -= text.length;
        documents.push({ origin: 'workspace', text, path, root: repository.root, name: nameOf(path) });
      }
    }
  }
  return documents;
}

/** Beneath the places, whatever a repository lists. */
const isRunbook = (path: string) =>
  MARKDOWN.test(path) && PLACES.some((place) => path === place || path.startsWith(`${place}/`)) && !/(?:^|\/)README\.md$/i.test(path);

function nameOf(path: string): string {
  const words = (path.split('/').at(-1) ?? path).replace(MARKDOWN, '').replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
