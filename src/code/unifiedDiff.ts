/** A line of a hunk; numbers are null where the diff does not say them. */
export interface DiffLine {
  readonly kind: 'context' | 'added' | 'removed';
  readonly text: string;
  /** 1-based line in the old file; for added lines the line before it. */
  readonly oldLine: number | null;
  /** 1-based line in the new file; for removed lines the line that follows the removal. */
  readonly newLine: number | null;
}

export interface DiffHunk {
  /** As in `@@ -oldStart,oldLines +newStart,newLines @@`; null when the header has no numbers. */
  readonly oldStart: number | null;
  readonly oldLines: number;
  readonly newStart: number | null;
  readonly newLines: number;
  /** What the header says about where it is, usually the enclosing function's first line. */
  readonly section: string;
  readonly lines: readonly DiffLine[];
}

export interface FileDiff {
  /** Null for a file that did not exist before. */
  readonly oldPath: string | null;
  /** Null for a file that was deleted. */
  readonly newPath: string | null;
  readonly isBinary: boolean;
  readonly hunks: readonly DiffHunk[];
}

interface OpenHunk {
  header: Omit<DiffHunk, 'lines'>;
  lines: DiffLine[];
  oldLine: number | null;
  newLine: number | null;
}

interface OpenFile {
  oldPath: string | null;
  newPath: string | null;
  isBinary: boolean;
  hunks: OpenHunk[];
}

/**
 * Reads the output of `git diff` / `git log -p`, plain `diff -u`, and shortened diffs that consist of hunks only
 * (`@@ func Rank(…) {`, `@@ path/to/file.go @@ section`). `files` names what was changed: hunks without a file header
 * belong to the file that their header names, else to the only or first one of `files`. Never throws; linear.
 */
export function parseUnifiedDiff(diff: string, files: readonly string[] = []): FileDiff[] {
  const reader = new DiffReader(files);
  const lines = diff.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('diff --git ')) reader.beginGitFile(line);
    else if (isFileHeader(lines, at, reader.isInHunk)) {
      reader.beginFile(headerPath(line.slice(4)), headerPath((lines[at + 1] ?? '').slice(4)));
      at += 1;
    } else if (line.startsWith('@@')) reader.beginHunk(line);
    else reader.addLine(line);
  }
  return reader.files();
}

/** Inside a hunk `--- x` may be a removed line, so a hunk or the end must follow the pair. */
function isFileHeader(lines: readonly string[], at: number, isInHunk: boolean): boolean {
  if (!lines[at]?.startsWith('--- ') || !lines[at + 1]?.startsWith('+++ ')) return false;
  return !isInHunk || lines[at + 2]?.startsWith('@@') === true;
}

class DiffReader {
  readonly #known: readonly string[];
  readonly #files: OpenFile[] = [];
  #file: OpenFile | null = null;
  #hunk: OpenHunk | null = null;

  constructor(known: readonly string[]) {
    this.#known = known;
  }

  get isInHunk(): boolean {
    return this.#hunk !== null;
  }

  beginGitFile(line: string): void {
    const path = gitHeaderPath(line.slice(11));
    this.#open({ oldPath: path, newPath: path, isBinary: false, hunks: [] });
  }

  /** `---`/`+++` complete the `diff --git` line before them; without one they begin a file. */
  beginFile(oldPath: string | null, newPath: string | null): void {
    if (this.#file === null || this.#file.hunks.length > 0) this.#open({ oldPath, newPath, isBinary: false, hunks: [] });
    else Object.assign(this.#file, { oldPath, newPath });
  }

  beginHunk(line: string): void {
    const header = hunkHeader(line);
    this.#place(header.section);
    const file = this.#file ?? this.#open({ oldPath: null, newPath: null, isBinary: false, hunks: [] });
    this.#hunk = { header, lines: [], oldLine: header.oldStart, newLine: header.newStart };
    if (header.oldLines === 0 && this.#hunk.oldLine !== null) this.#hunk.oldLine += 1;
    if (header.newLines === 0 && this.#hunk.newLine !== null) this.#hunk.newLine += 1;
    file.hunks.push(this.#hunk);
  }

  addLine(line: string): void {
    if (this.#hunk !== null) addToHunk(this.#hunk, line);
    else if (this.#file !== null) describe(this.#file, line);
  }

  files(): FileDiff[] {
    return this.#files.map((file) => ({ ...file, hunks: file.hunks.map((hunk) => ({ ...hunk.header, lines: hunk.lines })) }));
  }

  #open(file: OpenFile): OpenFile {
    this.#file = file;
    this.#hunk = null;
    this.#files.push(file);
    return file;
  }

  /** Finds the file of a hunk that stands under no file header. */
  #place(section: string): void {
    const named = this.#known.find((path) => section === path || section.startsWith(`${path}:`) || section.startsWith(`${path} `));
    if (named !== undefined && this.#file?.newPath !== named) this.#open({ oldPath: named, newPath: named, isBinary: false, hunks: [] });
    const first = this.#known[0];
    if (this.#file === null && first !== undefined) this.#open({ oldPath: first, newPath: first, isBinary: false, hunks: [] });
  }
}

function describe(file: OpenFile, line: string): void {
  if (line.startsWith('new file mode')) file.oldPath = null;
  else if (line.startsWith('deleted file mode')) file.newPath = null;
  else if (line.startsWith('rename from ')) file.oldPath = unquote(line.slice(12));
  else if (line.startsWith('rename to ')) file.newPath = unquote(line.slice(10));
  else if (line.startsWith('Binary files ') || line.startsWith('GIT binary patch')) file.isBinary = true;
}

function addToHunk(hunk: OpenHunk, line: string): void {
  const sign = line[0];
  if (sign === '\\') return;
  const kind = sign === '+' ? 'added' : sign === '-' ? 'removed' : 'context';
  const text = sign === '+' || sign === '-' || sign === ' ' ? line.slice(1) : line;
  const { oldLine, newLine } = hunk;
  hunk.lines.push({ kind, text, oldLine: kind === 'added' && oldLine !== null ? oldLine - 1 : oldLine, newLine });
  if (kind !== 'added' && oldLine !== null) hunk.oldLine = oldLine + 1;
  if (kind !== 'removed' && newLine !== null) hunk.newLine = newLine + 1;
}

const NUMBERS = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?/;

function hunkHeader(line: string): Omit<DiffHunk, 'lines'> {
  const match = NUMBERS.exec(line);
  if (match === null) {
    const text = line.slice(2).trim();
    const section = (text.endsWith('@@') ? text.slice(0, -2) : text.replace(' @@ ', ' ')).trim();
    return { oldStart: null, oldLines: 0, newStart: null, newLines: 0, section };
  }
  const [all, oldStart, oldLines = '1', newStart, newLines = '1'] = match;
  return {
    oldStart: Number(oldStart),
    oldLines: Number(oldLines),
    newStart: Number(newStart),
    newLines: Number(newLines),
    section: line.slice(all.length).trim(),
  };
}

/** `a/path`, `b/path`, `/dev/null`, with an optional tab and time stamp. */
function headerPath(text: string): string | null {
  const path = text.startsWith('"') ? unquote(text) : (text.split('\t', 1)[0] ?? '').trimEnd();
  if (path === '/dev/null') return null;
  return path.startsWith('a/') || path.startsWith('b/') ? path.slice(2) : path;
}

/** `a/x b/x`: both halves are equal unless the file was renamed, and then `rename to` follows. */
function gitHeaderPath(text: string): string {
  if (text.startsWith('"')) return headerPath(text) ?? '';
  const middle = (text.length - 1) / 2;
  const isSymmetric = Number.isInteger(middle) && text.slice(2, middle) === text.slice(middle + 3);
  return isSymmetric ? text.slice(2, middle) : (text.slice(2).split(' b/', 1)[0] ?? '');
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, v: 11, f: 12, '"': 34, '\\': 92 };

/** Undoes Git's quoting of unusual path names (`"a\tb"`, octal bytes of UTF-8). */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const bytes: number[] = [];
  for (let at = 1; at < text.length && text[at] !== '"'; at += 1) {
    if (text[at] !== '\\') {
      bytes.push(...Buffer.from(text[at] ?? '', 'utf8'));
      continue;
    }
    at += 1;
    const octal = text.slice(at, at + 3);
    if (/^[0-3][0-7]{2}$/.test(octal)) {
      bytes.push(Number.parseInt(octal, 8));
      at += 2;
    } else bytes.push(ESCAPES[text[at] ?? ''] ?? 63);
  }
  return Buffer.from(bytes).toString('utf8');
}
