import { createReadStream } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { miningCancelled, noLogLines, unreadableLog } from '../domain/logErrors';
import { LogAnalyser } from '../signals/logs/logAnalyser';
import type { LogReport } from '../signals/logs/logReport';
import { inputLines } from './inputLines';
import type { LogsCommand } from './logsArguments';
import { logsText } from './logsText';
import type { World } from './world';
import { writeAll } from './writeAll';

/** What a line may have; the rest of the log is read all the same. */
const MAX_LINE = 16 * 1024 * 1024;
const TOO_LONG = '(a line of more than 16 MB)';
const IDS_A_WRITE = 20_000;
const LINES_A_TURN = 1000;

/** Groups the lines of standard input and tells what is unusual about them: a report, or with `--json` exactly one JSON object. */
export async function logsCommand(command: LogsCommand, world: World): Promise<void> {
  try {
    await analyse(command, world);
  } catch (error) {
    throw world.signal.aborted ? miningCancelled(error) : error;
  }
}

async function analyse(command: LogsCommand, world: World): Promise<void> {
  const { quietUntilMs, service, baseline, isJson } = command;
  const analyser = new LogAnalyser({ nowMs: Date.now(), quietUntilMs, service });
  if (baseline !== null) await readBaseline(baseline, analyser, world);
  if (world.stdin.isTTY) world.stderr.write('Paste a log, then press Ctrl-D on a line of its own (on Windows: Ctrl-Z, Enter).\n');
  let count = 0;
  await eachLine(world, (line) => {
    analyser.add(line);
    count++;
  });
  const report = analyser.finish();
  if (isJson) await writeJson(report, world);
  else if (count > 0) await writeAll(world.stdout, logsText(report), world.signal);
  if (count === 0) throw noLogLines();
}

async function readBaseline(file: string, analyser: LogAnalyser, world: World): Promise<void> {
  try {
    await eachLine({ stdin: createReadStream(file), signal: world.signal }, (line) => analyser.addQuiet(line));
  } catch (error) {
    throw world.signal.aborted ? error : unreadableLog(file, error);
  }
}

/** Lets other work of the process have its turn between groups of lines. */
async function eachLine(world: Pick<World, 'stdin' | 'signal'>, tell: (line: string) => void): Promise<void> {
  let turn = 0;
  for await (const lines of inputLines(world, MAX_LINE)) {
    for (const line of lines) tell(line ?? TOO_LONG);
    turn += lines.length;
    if (turn < LINES_A_TURN) continue;
    turn = 0;
    await setImmediate(undefined, { signal: world.signal });
  }
}

/** Line ids are written in pieces: millions of them are more than one text should hold. */
async function writeJson({ lines, templates, anomalies, events }: LogReport, { stdout, signal }: World): Promise<void> {
  const ids: number[] = [];
  let separator = '';
  await writeAll(stdout, '{"lines":[', signal);
  const flush = () => {
    const text = ids.length === 0 ? '' : `${separator}${ids.join(',')}`;
    if (ids.length > 0) separator = ',';
    ids.length = 0;
    return writeAll(stdout, text, signal);
  };
  for (const id of lines) if (ids.push(id) >= IDS_A_WRITE) await flush();
  await flush();
  await writeAll(stdout, '],"templates":[', signal);
  for (let at = 0; at < templates.length; at += 1000) {
    const part = templates.slice(at, at + 1000).map((template) => JSON.stringify(template));
    await writeAll(stdout, `${at === 0 ? '' : ','}${part.join(',\n')}`, signal);
  }
  await writeAll(stdout, `],"anomalies":${JSON.stringify(anomalies)},"events":${JSON.stringify(events)}}\n`, signal);
}
