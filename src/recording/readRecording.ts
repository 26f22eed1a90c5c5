import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { z } from 'zod';
import { unreadableRecording } from '../domain/errors';
import type { LogEvent } from '../domain/log';
import { createLogCompactor } from './compactLogs';
import type { RecordedSeries, Recording } from './recording';
import { changeSchema, commitSchema, dependenciesSchema, headSchema, logSchema, monitorsSchema, seriesSchema, spanSchema } from './schemas';

/**
 * Reads a folder in the recording format. Every file but `recording.json` may be absent. Files that cannot be opened and lines
 * that do not fit are left out and told of in `problems`; rejects with `unreadableRecording` when there is no usable `recording.json`.
 * Where somebody takes the series one by one, none is kept: a large incident has millions of points.
 */
export async function readRecording(dir: string, takeSeries?: (series: RecordedSeries) => void): Promise<Recording> {
  const { id, now, start, end, alert, services } = await readHead(dir);
  const problems: string[] = [];
  const lines = async <T>(file: string, schema: z.ZodType<T>) => {
    const found: T[] = [];
    await readLines(dir, file, schema, problems, (value) => found.push(value));
    return found;
  };
  const readSeries = async () => {
    const found: RecordedSeries[] = [];
    await readLines(dir, 'metrics.ndjson', seriesSchema, problems, takeSeries ?? ((series) => found.push(series)));
    return found;
  };
  const readLogs = async () => {
    const found: LogEvent[] = [];
    const compact = createLogCompactor();
    await readLines(dir, 'logs.ndjson', logSchema, problems, (log) => found.push(compact(log)));
    return found;
  };
  const whole = <T>(file: string, schema: z.ZodType<T>) => readWhole(dir, file, schema, problems);
  const [monitors, dependencies, series, logs, spans, changes, commits] = await Promise.all([
    whole('monitors.json', monitorsSchema),
    whole('dependencies.json', dependenciesSchema),
    readSeries(),
    readLogs(),
    lines('spans.ndjson', spanSchema),
    lines('changes.ndjson', changeSchema),
    lines('commits.ndjson', commitSchema),
  ]);
  return {
    id,
    nowMs: now,
    startMs: start,
    endMs: end,
    alert: alert.alert,
    alertDetails: alert.details,
    services,
    monitors: (monitors ?? []) as Recording['monitors'],
    series,
    logs,
    spans,
    changes,
    commits,
    dependencies,
    problems,
  };
}

async function readHead(dir: string): Promise<z.infer<typeof headSchema>> {
  const text = await readText(dir, 'recording.json');
  if (text instanceof Error) throw unreadableRecording(dir, `recording.json ${text.message}; mend it.`, text);
  if (text === null) throw unreadableRecording(dir, 'it has no recording.json; name the folder that holds this file.');
  const value = parseJson(text);
  if (value instanceof Error) throw unreadableRecording(dir, `recording.json is not valid JSON (${value.message}); mend it.`, value);
  const result = headSchema.safeParse(value);
  if (!result.success) throw unreadableRecording(dir, `in recording.json, ${complaint(result.error)}; mend it.`, result.error);
  if (result.data.start > result.data.end) throw unreadableRecording(dir, 'in recording.json, start is later than end; mend it.');
  return result.data;
}

async function readLines<T>(dir: string, file: string, schema: z.ZodType<T>, problems: string[], take: (value: T) => void): Promise<void> {
  let number = 0;
  try {
    for await (const lines of linesOf(join(dir, file))) {
      for (const line of lines) {
        number += 1;
        if (line.trim() === '') continue;
        const value = parseJson(file === 'metrics.ndjson' ? withoutNaN(line) : line);
        const result = value instanceof Error ? null : schema.safeParse(value);
        if (result?.success) take(result.data);
        else problems.push(`${file} line ${number}: ${result === null ? 'is not valid JSON' : complaint(result.error)}`);
      }
    }
  } catch (cause) {
    const obstacle = obstacleOf(cause);
    if (obstacle !== null) problems.push(`${file}: ${obstacle.message}`);
  }
}

/** Large, so that there are few reads. */
const BUFFER_BYTES = 1 << 20;
/** Small enough for the garbage collector to throw away at once what was made of it. */
const CHUNK_BYTES = 1 << 16;

/** The lines of a file without a byte order mark, a few at a time: a large incident does not fit into memory twice. */
async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  /** Pieces of the line whose end is still to come. */
  let begun: string[] = [];
  let isFirst = true;
  for await (const chunk of chunksOf(path)) {
    const [end = '', ...lines] = (isFirst ? chunk.replace(/^\uFEFF/, '') : chunk).split('\n');
    isFirst = false;
    begun.push(end);
    const last = lines.pop();
    if (last === undefined) continue;
    yield [begun.join(''), ...lines];
    begun = [last];
  }
  yield [begun.join('')];
}

/** A file's text, read through one buffer. */
async function* chunksOf(path: string): AsyncGenerator<string> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
    const decoder = new StringDecoder('utf8');
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, BUFFER_BYTES);
      if (bytesRead === 0) break;
      for (let at = 0; at < bytesRead; at += CHUNK_BYTES) yield decoder.write(buffer.subarray(at, Math.min(at + CHUNK_BYTES, bytesRead)));
    }
    yield decoder.end();
  } finally {
    await file.close();
  }
}

async function readWhole<T>(dir: string, file: string, schema: z.ZodType<T>, problems: string[]): Promise<T | null> {
  const text = await readText(dir, file);
  if (text === null) return null;
  const value = text instanceof Error ? text : parseJson(text);
  const result = value instanceof Error ? null : schema.safeParse(value);
  if (result?.success) return result.data;
  problems.push(`${file}: ${text instanceof Error ? text.message : result === null ? 'is not valid JSON' : complaint(result.error)}`);
  return null;
}

/** What is wrong with a file that is there but cannot be opened. */
const OBSTACLES: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  ERR_STRING_TOO_LONG: 'is too large to be read',
  ERR_FS_FILE_TOO_LARGE: 'is too large to be read',
};

/** The file's text without a byte order mark; null when there is no such file, an error that says why it cannot be opened. */
async function readText(dir: string, file: string): Promise<string | null | Error> {
  try {
    return (await readFile(join(dir, file), 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    return obstacleOf(cause);
  }
}

/** Why a file cannot be read; null where there is none. */
function obstacleOf(cause: unknown): Error | null {
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  return new Error(OBSTACLES[code] ?? `cannot be opened (${code})`, { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Many writers of JSON (Python's among them) put NaN and Infinity where a value is missing: no data, then. */
function withoutNaN(line: string): string {
  return /NaN|Infinity/.test(line) ? line.replace(/(?<=[[,:]\s*)(?:NaN|-?Infinity)(?=\s*[\],}])/g, 'null') : line;
}

/** The first field that does not fit and why. */
function complaint(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'is invalid' : `${issue.path.join('.') || 'the line'}: ${issue.message}`;
}
