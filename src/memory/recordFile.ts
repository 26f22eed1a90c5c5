import { appendFile, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** As much of the end of a file is read: some thousands of records. */
const MAX_BYTES = 1024 * 1024;

/**
 * A file of records, a JSON object a line, that several windows may append to and that survives a crash at any moment: a record is one
 * write to the end of the file and begins a line of its own, so a torn one is lost alone.
 */
export interface RecordFile<T> {
  append(record: T): Promise<void>;
  /** The newest records, oldest first; what is no record is passed over, and a file that is not there has none. */
  read(): Promise<readonly T[]>;
  remove(): Promise<void>;
}

/** `parse` gives null for what is no record. */
export function openRecordFile<T>(file: string, parse: (value: unknown) => T | null): RecordFile<T> {
  return {
    async append(record) {
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, `\n${JSON.stringify(record)}\n`);
    },
    async read() {
      const text = await readEnd(file);
      return text.split('\n').flatMap((line) => recordOf(line, parse) ?? []);
    },
    remove: () => rm(file, { force: true }),
  };
}

function recordOf<T>(line: string, parse: (value: unknown) => T | null): T[] | null {
  if (line.trim() === '') return null;
  try {
    const record = parse(JSON.parse(line));
    return record === null ? null : [record];
  } catch {
    return null;
  }
}

async function readEnd(file: string): Promise<string> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return '';
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, MAX_BYTES));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, size - bytes.length);
    return bytes.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}
