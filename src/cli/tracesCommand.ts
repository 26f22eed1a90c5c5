import { setImmediate } from 'node:timers/promises';
import { formatPlural } from '../domain/format';
import type { Span } from '../domain/span';
import { noSpans, tracingCancelled } from '../domain/traceErrors';
import { analyzeInSteps, type TraceAnalysis } from '../signals/traces/analyzeTraces';
import { spansIn } from '../signals/traces/spansIn';
import { inputLines } from './inputLines';
import type { TracesCommand } from './tracesArguments';
import { tracesText } from './tracesText';
import type { World } from './world';
import { writeAll } from './writeAll';

/** A whole export may stand on one line. */
const MAX_LINE = 256 * 1024 * 1024;
const MAX_NAMED = 5;
const TURN_MS = 50;

/** Reads spans from standard input and tells what they say: a report, or with `--json` one line a trace and a last one for all. */
export async function tracesCommand(command: TracesCommand, world: World): Promise<void> {
  try {
    await analyse(command, world);
  } catch (error) {
    throw world.signal.aborted ? tracingCancelled(error) : error;
  }
}

async function analyse({ isJson, shown }: TracesCommand, world: World): Promise<void> {
  if (world.stdin.isTTY) world.stderr.write('Paste spans as JSON, then press Ctrl-D on a line of its own (on Windows: Ctrl-Z, Enter).\n');
  const { spans, unread } = await readSpans(world);
  if (spans.length === 0) throw noSpans(unread);
  const { findings, summary } = await analysed(spans, unread, world.signal);
  if (!isJson) {
    await writeAll(world.stdout, tracesText(findings, summary, { columns: world.stdout.columns ?? 100, shown }), world.signal);
    return;
  }
  for (const finding of findings) await writeAll(world.stdout, `${JSON.stringify(finding)}\n`, world.signal);
  await writeAll(world.stdout, `${JSON.stringify(summary)}\n`, world.signal);
}

/** Gives way to other work, such as Ctrl-C, every now and then. */
async function analysed(spans: readonly Span[], unread: number, signal: AbortSignal): Promise<TraceAnalysis> {
  const steps = analyzeInSteps(spans, unread);
  for (let lastMs = Number.NEGATIVE_INFINITY; ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - lastMs < TURN_MS) continue;
    await setImmediate(undefined, { signal });
    lastMs = performance.now();
  }
}

interface Found {
  readonly spans: Span[];
  unread: number;
}

/** Reads JSON lines; where the lines are parts of one JSON document, that. What is neither is named on stderr. */
async function readSpans(world: World): Promise<Found> {
  const found: Found = { spans: [], unread: 0 };
  /** Lines from the first one on that is no JSON by itself: they may be one document. */
  const parts: { readonly number: number; readonly line: string }[] = [];
  const faults: string[] = [];
  let number = 0;
  for await (const lines of inputLines(world, MAX_LINE)) {
    for (const line of lines) {
      number++;
      if (line === null) faults.push(`Line ${number} is longer than 256 MB.`);
      else if (line.trim() !== '') {
        const value = parts.length === 0 ? parsed(line) : undefined;
        if (value === undefined) parts.push({ number, line });
        else add(value, number, found, faults);
      }
    }
    await setImmediate(undefined, { signal: world.signal });
  }
  readParts(parts, found, faults);
  for (const fault of faults.slice(0, MAX_NAMED)) world.stderr.write(`aidog: ${fault}\n`);
  if (faults.length > MAX_NAMED) world.stderr.write(`aidog: ${formatPlural(faults.length - MAX_NAMED, 'more line')} could not be read.\n`);
  return { spans: found.spans, unread: Math.max(found.unread, faults.length) };
}

function readParts(parts: readonly { readonly number: number; readonly line: string }[], found: Found, faults: string[]): void {
  const [first] = parts;
  if (!first) return;
  const whole = /^\s*[[{]/.test(first.line) ? parsed(parts.map(({ line }) => line).join('\n')) : undefined;
  if (whole !== undefined) add(whole, first.number, found, faults);
  else
    for (const { number, line } of parts) {
      const value = parsed(line) ?? parsed(line.trim().replace(/^\[|,$|\]$/g, ''));
      if (value !== undefined) add(value, number, found, faults);
      else if (!/^\s*[[\]],?\s*$/.test(line)) faults.push(`Line ${number} is no JSON and is left out.`);
    }
}

function add(value: unknown, number: number, found: Found, faults: string[]): void {
  const { spans, unread } = spansIn(value);
  for (const span of spans) found.spans.push(span);
  found.unread += unread;
  if (unread > 0) faults.push(`Line ${number} has ${formatPlural(unread, 'record')} without a trace id, a span id and a start.`);
}

/** undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
