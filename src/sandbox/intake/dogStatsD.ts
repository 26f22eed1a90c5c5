/** One line of DogStatsD: docs.datadoghq.com/developers/dogstatsd/datagram_shell. */
export type StatsDMessage = StatsDMetric | StatsDEvent | StatsDCheck;

export interface StatsDMetric {
  readonly kind: 'metric';
  readonly name: string;
  readonly type: 'count' | 'gauge' | 'histogram' | 'distribution' | 'set';
  /** Numbers; the members of a set are texts. */
  readonly values: readonly (number | string)[];
  /** 0..1, share of the observations that were sent. */
  readonly sampleRate: number;
  readonly tags: readonly string[];
  readonly containerId: string | null;
  readonly timestampSec: number | null;
  /** `ms` metrics are histograms in milliseconds. */
  readonly unit: 'millisecond' | null;
}

export interface StatsDEvent {
  readonly kind: 'event';
  readonly title: string;
  readonly text: string;
  readonly timestampSec: number | null;
  readonly host: string | null;
  readonly alertType: string;
  readonly sourceType: string | null;
  readonly tags: readonly string[];
}

export interface StatsDCheck {
  readonly kind: 'check';
  readonly name: string;
  /** 0 ok, 1 warning, 2 critical, 3 unknown. */
  readonly status: number;
  readonly message: string;
  readonly timestampSec: number | null;
  readonly tags: readonly string[];
}

export interface StatsDParse {
  readonly messages: readonly StatsDMessage[];
  /** Why lines were left out, one sentence each. */
  readonly problems: readonly string[];
}

/** Parses a datagram: messages on lines of their own. What cannot be read is reported, the rest is used. */
export function parseDogStatsD(datagram: string): StatsDParse {
  const messages: StatsDMessage[] = [];
  const problems: string[] = [];
  for (const line of datagram.split('\n')) {
    if (line.trim() === '') continue;
    const parsed = parseLine(line.replace(/\r$/, ''));
    if (typeof parsed === 'string') problems.push(`"${line.slice(0, 80)}": ${parsed}`);
    else messages.push(parsed);
  }
  return { messages, problems };
}

/** The message, or why there is none. */
function parseLine(line: string): StatsDMessage | string {
  if (line.startsWith('_e{')) return parseEvent(line);
  if (line.startsWith('_sc|')) return parseCheck(line);
  return parseMetric(line);
}

const METRIC_TYPES: Readonly<Record<string, StatsDMetric['type']>> = {
  c: 'count',
  g: 'gauge',
  h: 'histogram',
  ms: 'histogram',
  d: 'distribution',
  s: 'set',
};

function parseMetric(line: string): StatsDMetric | string {
  const [head = '', typeText = '', ...fields] = line.split('|');
  const colon = head.indexOf(':');
  const type = Object.hasOwn(METRIC_TYPES, typeText) ? METRIC_TYPES[typeText] : undefined;
  if (colon < 1) return 'a metric is "name:value|type"';
  if (type === undefined) return `the type "${typeText}" is not one of c, g, h, ms, d, s`;
  const texts = head.slice(colon + 1).split(':');
  const values = type === 'set' ? texts : texts.map(numberOf);
  if (values.some((value) => value === '' || Number.isNaN(value))) return 'a value is not a number';
  const sampleRate = numberField(fields, '@') ?? 1;
  if (!(sampleRate > 0 && sampleRate <= 1)) return 'the sample rate is not above 0 and at most 1';
  return {
    kind: 'metric',
    name: head.slice(0, colon),
    type,
    values,
    sampleRate,
    tags: tagsOf(fields),
    containerId: field(fields, 'c:'),
    timestampSec: numberField(fields, 'T'),
    unit: typeText === 'ms' ? 'millisecond' : null,
  };
}

function parseEvent(line: string): StatsDEvent | string {
  const lengths = /^_e\{(\d+),(\d+)\}:/.exec(line);
  if (lengths === null) return 'an event begins "_e{titleLength,textLength}:"';
  const bytes = Buffer.from(line.slice(lengths[0].length));
  const titleEnd = Number(lengths[1]);
  const textEnd = titleEnd + 1 + Number(lengths[2]);
  if (bytes.length < textEnd || bytes[titleEnd] !== '|'.charCodeAt(0)) return 'the lengths do not fit the title and text';
  const fields = bytes.subarray(textEnd).toString().split('|').slice(1);
  return {
    kind: 'event',
    title: unescaped(bytes.subarray(0, titleEnd).toString()),
    text: unescaped(bytes.subarray(titleEnd + 1, textEnd).toString()),
    timestampSec: numberField(fields, 'd:'),
    host: field(fields, 'h:'),
    alertType: field(fields, 't:') ?? 'info',
    sourceType: field(fields, 's:'),
    tags: tagsOf(fields),
  };
}

function parseCheck(line: string): StatsDCheck | string {
  const [, name = '', statusText = '', ...fields] = line.split('|');
  if (name === '' || !/^[0-3]$/.test(statusText)) return 'a service check is "_sc|name|status" with a status of 0 to 3';
  return {
    kind: 'check',
    name,
    status: Number(statusText),
    message: unescaped(field(fields, 'm:') ?? ''),
    timestampSec: numberField(fields, 'd:'),
    tags: tagsOf(fields),
  };
}

function field(fields: readonly string[], prefix: string): string | null {
  return fields.find((text) => text.startsWith(prefix))?.slice(prefix.length) ?? null;
}

function numberField(fields: readonly string[], prefix: string): number | null {
  const text = field(fields, prefix);
  const number = text === null ? Number.NaN : numberOf(text);
  return text === null ? null : Number.isNaN(number) && prefix !== '@' ? null : number;
}

function numberOf(text: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

function tagsOf(fields: readonly string[]): string[] {
  return (field(fields, '#') ?? '').split(',').filter((tag) => tag !== '');
}

function unescaped(text: string): string {
  return text.replaceAll('\\n', '\n');
}
