import type { Repository } from '../../domain/ports';
import type { RunbookOrigin } from '../../domain/runbook';
import { runbooksTooLong, runbookUnreadable, tooManyRunbooks } from '../../domain/runbookErrors';
import type { RunbookDocument } from '../../knowledge/runbookIndex';
import type { Run } from '../run';

/** Where teams keep their runbooks; the single files are notes for assistants that read telemetry. */
const PLACES = ['runbooks', 'docs/runbooks', 'bits.md', 'BITS.md', '.datadog/bits.md', '.datadog/BITS.md'];
const MARKDOWN = /\.(?:md|markdown)$/i;
const README = /(?:^|\/)README\.md$/i;
const MAX_FILES = 300;
const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** Characters of all runbooks together; what goes beyond is left out. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

interface Source {
  readonly origin: RunbookOrigin;
  readonly folder: Repository;
  /** Files and folders that may hold runbooks; absent: all of it does. */
  readonly places?: readonly string[];
}

/**
 * The runbooks in the working trees of the repositories, and those in the folder of the kept ones. What cannot be read, or is more
 * than is searched, is named among the problems.
 */
export async function readRunbooks(
  repositories: readonly Repository[],
  kept: Repository | null,
  run: Run,
): Promise<readonly RunbookDocument[]> {
  const sources: Source[] = repositories
    .filter(({ root }) => root !== null)
    .map((folder) => ({ origin: 'workspace', folder, places: PLACES }));
  if (kept !== null) sources.push({ origin: 'learned', folder: kept });
  const documents: RunbookDocument[] = [];
  let room = MAX_CHARACTERS;
  for (const source of sources) {
    const read = await readSource(source, room, run);
    for (const { text } of read) room -= text.length;
    documents.push(...read);
  }
  return documents;
}

/** At most `room` characters of them. */
async function readSource({ origin, folder, places }: Source, room: number, run: Run): Promise<readonly RunbookDocument[]> {
  const files = await run.ask<readonly string[]>({
    agent: 'knowledge.runbooks',
    otherwise: [],
    ask: async (signal) => (await folder.listFiles(signal, places)).filter((path) => isRunbook(path, places)),
    note: (found) => `${found.length} runbooks in ${folder.name}`,
  });
  if (files.length > MAX_FILES) run.addProblem(tooManyRunbooks(folder.name, MAX_FILES).message);
  const documents: RunbookDocument[] = [];
  let left = room;
  let omitted = 0;
  for (const path of files.slice(0, MAX_FILES)) {
    run.throwIfCancelled();
    const text = await folder.readFile(path, run.signal, MAX_FILE_BYTES);
    if (text === null) run.addProblem(runbookUnreadable(path).message);
    else if (text.length > left) omitted++;
    else if (text.trim() !== '') {
      left -= text.length;
      documents.push({ origin, text, path, root: folder.root, name: nameOf(path) });
    }
  }
  if (omitted > 0) run.addProblem(runbooksTooLong(folder.name, omitted).message);
  return documents;
}

/** Beneath the places, whatever a repository lists. */
const isRunbook = (path: string, places: readonly string[] = ['']) =>
  MARKDOWN.test(path) && !README.test(path) && places.some((place) => place === '' || path === place || path.startsWith(`${place}/`));

function nameOf(path: string): string {
  const words = (path.split('/').at(-1) ?? path).replace(MARKDOWN, '').replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
