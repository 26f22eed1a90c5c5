import { Activity } from './activity';
import { ContinuationTracker } from './continuation';
import { LineIds } from './lineIds';
import { frequencyAnomalies, lineAnomalies, windowAnomalies } from './logAnomalies';
import type { LogRecord } from './logRecord';
import type { LogKeyEvent, LogReport } from './logReport';
import { readLogLine } from './readLine';
import { addStatistics, countMessage, createStatistics, type ShapeStatistics } from './shapeStatistics';
import { TemplateMiner } from './templateMiner';

export interface AnalysisOptions {
  /** Epoch milliseconds; times without a year, such as syslog's, are of the year before. */
  readonly nowMs: number;
  /** Lines before this time (epoch milliseconds) are the quiet stretch; null: there is none, unless lines are given as such. */
  readonly quietUntilMs?: number | null;
  /** Only events of this service are told of and compared; lines of others still get their template. */
  readonly service?: string | null;
}

const SECOND_MS = 1000;
const LINES_A_WINDOW = 50;
/** Frequencies count for half when one side was watched for less than this share of the other. */
const LEAST_WEIGHT = 0.001;

/** Reads a log line by line, once, within bounded memory but for four bytes a line. */
export class LogAnalyser {
  readonly #miner = new TemplateMiner({ onMerge: (from, into) => this.#merge(from, into) });
  readonly #statistics = new Map<number, ShapeStatistics>();
  readonly #ids = new LineIds();
  readonly #byTime = new Activity(SECOND_MS);
  readonly #byLine = new Activity(LINES_A_WINDOW);
  readonly #continuation = new ContinuationTracker();
  readonly #options: AnalysisOptions;
  readonly #spans = { quiet: createSpan(), loud: createSpan() };
  #lastId = -1;
  #lastMs: number | null = null;
  #blankId = -1;

  constructor(options: AnalysisOptions) {
    this.#options = options;
  }

  /** Takes the next line, without its line break. */
  add(line: string): void {
    this.#ids.push(this.#take(line, this.#ids.length + 1, false));
  }

  /** Takes a line of the quiet stretch that is no part of the input. */
  addQuiet(line: string): void {
    this.#take(line, 0, true);
  }

  #take(line: string, number: number, isBaseline: boolean): number {
    if (isBlank(line)) return this.#blank();
    if (this.#continuation.isContinuation(line) && this.#lastId >= 0) return this.#lastId;
    const record = readLogLine(line, this.#options.nowMs);
    const timeMs = record.timeMs ?? this.#lastMs;
    const id = isBlank(record.message) ? this.#blank() : this.#miner.add(record.message);
    this.#lastId = id;
    this.#lastMs = timeMs;
    if (id !== this.#blankId && this.#isWanted(record)) this.#count(id, record, number, timeMs, isBaseline || this.#isBefore(timeMs));
    return id;
  }

  #isWanted({ service }: LogRecord): boolean {
    const wanted = this.#options.service ?? null;
    return wanted === null || service === wanted;
  }

  #isBefore(timeMs: number | null): boolean {
    const until = this.#options.quietUntilMs ?? null;
    return until !== null && timeMs !== null && timeMs < until;
  }

  #count(id: number, record: LogRecord, number: number, timeMs: number | null, isQuiet: boolean): void {
    let statistics = this.#statistics.get(id);
    if (!statistics) {
      statistics = createStatistics(record.message, id);
      this.#statistics.set(id, statistics);
    }
    countMessage(statistics, record, number, timeMs, isQuiet);
    widen(isQuiet ? this.#spans.quiet : this.#spans.loud, timeMs);
    if (number === 0) return;
    if (record.timeMs !== null) this.#byTime.add(record.timeMs, id, isQuiet);
    else this.#byLine.add(number, id, isQuiet);
  }

  #blank(): number {
    if (this.#blankId < 0) this.#blankId = this.#miner.add('');
    else this.#miner.add('');
    return this.#blankId;
  }

  #merge(from: number, into: number): void {
    const one = this.#statistics.get(from);
    const other = this.#statistics.get(into);
    if (!one) return;
    if (other) addStatistics(one, other);
    else this.#statistics.set(into, one);
    this.#statistics.delete(from);
  }

  /** What it all comes to. Nothing may be added afterwards. */
  finish(): LogReport {
    const mined = this.#miner.finish();
    this.#ids.replace(mined.templateOf);
    const statistics = new Map([...this.#statistics].map(([id, each]) => [mined.templateOf(id), each]));
    const hasTime = this.#byTime.windows.length > 1;
    const hasQuiet = this.#spans.quiet.count > 0 && this.#spans.loud.count > 0;
    const frequencies = hasQuiet ? frequencyAnomalies(statistics, weightOf(this.#spans.loud, this.#spans.quiet)) : [];
    const windows = windowAnomalies(hasTime ? this.#byTime : this.#byLine, mined, hasTime);
    return {
      lines: this.#ids,
      lineCount: this.#ids.length,
      templates: mined.templates.map((template) => {
        const { firstMs = null, lastMs = null, status = null } = statistics.get(template.id) ?? {};
        return { ...template, firstMs, lastMs, status };
      }),
      anomalies: [...frequencies, ...windows, ...lineAnomalies(statistics)],
      events: keyEvents(statistics),
    };
  }
}

/** A first character of ASCII that can be seen saves looking for others. */
function isBlank(text: string): boolean {
  const code = text.charCodeAt(0);
  return !(code > 32 && code < 127) && text.trim() === '';
}

interface Span {
  count: number;
  fromMs: number;
  toMs: number;
}

const createSpan = (): Span => ({ count: 0, fromMs: Number.POSITIVE_INFINITY, toMs: Number.NEGATIVE_INFINITY });

function widen(span: Span, timeMs: number | null): void {
  span.count++;
  if (timeMs === null) return;
  span.fromMs = Math.min(span.fromMs, timeMs);
  span.toMs = Math.max(span.toMs, timeMs);
}

/** Length of the incident over that of the quiet stretch: in time where both have one, else in lines. */
function weightOf(loud: Span, quiet: Span): number {
  const duration = (span: Span) => span.toMs - span.fromMs;
  const isTimed = duration(loud) > 0 && duration(quiet) > 0;
  return Math.max(LEAST_WEIGHT, isTimed ? duration(loud) / duration(quiet) : loud.count / quiet.count);
}

function keyEvents(statistics: ReadonlyMap<number, ShapeStatistics>): LogKeyEvent[] {
  return [...statistics]
    .flatMap(([template, { events }]) => [...events.values()].map((seen) => ({ ...seen, template })))
    .sort((a, b) => a.firstLine - b.firstLine);
}
