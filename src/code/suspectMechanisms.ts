import type { CodeLocation } from '../domain/frame';
import type { Mechanism } from './mechanism';
import { hurtsCallee, hurtsCaller } from './mechanismEffects';
import type { Candidate, Clue, LevelChange, SuspectInput } from './suspectInput';
import { changedText, isExternalFailure, isMentioned, isServiceName, wordsOf } from './suspectWords';
import { isGeneral, type SymptomKind, symptomsIn } from './symptomKinds';

/** A changed dependency is nothing unusual, unless the errors speak of it, or of what no longer fits together after a large step. */
const NAMED_DEPENDENCY = 0.65;
const LEAPT_DEPENDENCY = 0.5;
const LEAP_WEIGHT = 0.2;
/** A telling kind of symptom that a mechanism makes is seen, or several are. */
const TELLING_FIT = 1.1;
const SEVERAL_FIT = 1.25;
/** Only a general symptom fits, while telling ones are seen that the mechanism does not make. */
const WEAK_FIT = 0.6;
const NO_FIT = 0.25;
/** What a neighbour changed hurts a service only by how it calls, or by what it answers. */
const OTHER_IN_NEIGHBOUR: Readonly<Record<'caller' | 'callee', number>> = { caller: 0.4, callee: 0.6 };
const NAMED_BONUS = 0.2;
const SEEN_BONUS = 0.25;
const MAX_WEIGHT = 0.9;

/** What is seen: given by who read the telemetry, else what the errors and the symptom say. */
export function observedKinds(input: SuspectInput): ReadonlySet<SymptomKind> {
  const kinds = new Set<SymptomKind>(input.symptoms ?? symptomsIn(input.errorText));
  if (isExternalFailure(input.errorText)) kinds.add('upstream');
  if (input.symptom !== 'other') kinds.add(input.symptom);
  // What ran out on its date fails whoever changed how connections are secured.
  if (kinds.has('expired')) kinds.delete('tls');
  return kinds;
}

/** The mechanism of a commit that explains best what is seen; none or one. */
export function mechanismClues(candidate: Candidate, input: SuspectInput, observed: ReadonlySet<SymptomKind>): Clue[] {
  const judged = candidate.mechanisms.map((mechanism) => judge(mechanism, candidate, input, observed));
  const [best] = judged.sort((left, right) => right.weight - left.weight);
  return best === undefined ? [] : [best];
}

function judge(mechanism: Mechanism, candidate: Candidate, input: SuspectInput, observed: ReadonlySet<SymptomKind>): Clue {
  const location: CodeLocation = { file: mechanism.path, line: mechanism.line ?? 1, function: mechanism.function };
  const at = mechanism.line === null ? mechanism.path : `${mechanism.path}:${mechanism.line}`;
  const isReport = isReportOfSlowness(mechanism, input);
  const fit = isReport ? NO_FIT : fitOf(mechanism, observed, input.errorText) * reachOf(mechanism, input.role ?? 'failing');
  const isFitting = fit >= 1;
  const named = isFitting ? echoOf(mechanism, input) : undefined;
  const seen = isFitting ? settingSeen(mechanism, input) : null;
  const weight =
    baseWeight(mechanism, candidate, input, observed) * fit + (named === undefined ? 0 : NAMED_BONUS) + (seen === null ? 0 : SEEN_BONUS);
  const echo = [...(named === undefined ? [] : [`the errors speak of ${named}`]), ...(seen === null ? [] : [seen])];
  return {
    kind: 'mechanism',
    weight: Math.min(MAX_WEIGHT, weight),
    reason: [`${mechanism.reason} (${at})`, ...echo].join(', and '),
    location,
    mechanism: mechanism.kind,
    explains: isReport ? [] : mechanism.explains.filter((kind) => observed.has(kind)),
    isDirect: echo.length > 0,
  };
}

/** Whether what a neighbour changed can be felt in the service that suffers. */
function reachOf({ kind }: Mechanism, role: 'failing' | 'caller' | 'callee'): number {
  if (role === 'failing' || (role === 'caller' ? hurtsCallee(kind) : hurtsCaller(kind))) return 1;
  return OTHER_IN_NEIGHBOUR[role];
}

function baseWeight(mechanism: Mechanism, candidate: Candidate, input: SuspectInput, observed: ReadonlySet<SymptomKind>): number {
  if (mechanism.kind !== 'dependency_changed') return mechanism.weight;
  const inErrors = wordsOf(input.errorText);
  const changed = wordsOf(changedText(candidate.files.filter((file) => file.newPath === mechanism.path)));
  const isNamed = [...changed].some((word) => word.length >= 5 && !isServiceName(word, input) && inErrors.has(word));
  if (isNamed) return NAMED_DEPENDENCY;
  return observed.has('linkage') && mechanism.weight > LEAP_WEIGHT ? LEAPT_DEPENDENCY : mechanism.weight;
}

const HOST_NAME = /\b[a-z][a-z0-9-]*(?:\.[a-z0-9-]+){1,5}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b/i;

/** How well a mechanism explains what is seen, as a factor on its weight. */
function fitOf({ explains, kind, names = [] }: Mechanism, observed: ReadonlySet<SymptomKind>, errorText: string): number {
  if (observed.size === 0) return 1;
  // Errors that name a host are about that host, not about another one that was changed.
  const isOther = kind === 'host_changed' && observed.has('name') && HOST_NAME.test(errorText);
  if (isOther && !names.some((name) => isMentioned(errorText, name))) return NO_FIT;
  const fitting = explains.filter((kind) => observed.has(kind));
  const telling = fitting.filter((kind) => !isGeneral(kind)).length;
  if (telling > 0) return telling > 1 ? SEVERAL_FIT : TELLING_FIT;
  if (fitting.length === 0) return NO_FIT;
  return [...observed].every(isGeneral) ? 1 : WEAK_FIT;
}

/** A name of what was changed, that the errors speak of; of what was switched on, they know a part of the name. */
function echoOf({ kind, names = [] }: Mechanism, input: SuspectInput): string | undefined {
  const whole = names.find((name) => isTelling(name, input) && isMentioned(input.errorText, name));
  if (whole !== undefined || kind !== 'default_flipped') return whole;
  const said = wordsOf(input.errorText);
  return [...wordsOf(names.join(' '))].find((word) => word.length >= 5 && !isServiceName(word, input) && said.has(word));
}

/** Numbers of four digits and more that are not round, as ports are. */
const PORT = /^\d{3,4}[1-9]$|^\d{2,3}[1-9]\d$/;

/** A name that is not an everyday word: put together, or long; or a port. */
const isTelling = (name: string, input: SuspectInput) =>
  (((/[_.-]|[a-z][A-Z]/.test(name) || name.length >= 9) && name.length >= 5 && !/^[\d.]+$/.test(name)) || PORT.test(name)) &&
  !isServiceName(name.toLowerCase(), input);

/** Values that are equal by chance: nearly every system shows them. */
const EVERYDAY = 1;
const TOLERANCE = 0.02;
const isNear = (left: number, right: number) => Math.abs(left - right) <= TOLERANCE * Math.abs(right);

const MIN_RATIO = 2;
const RATIO_TOLERANCE = 0.2;
const COUNTS = /requests?|calls|queries|rps|qps|hits|throughput|jobs|runs/i;

/** What is done so many times as often shows as so many times the requests. */
function rateSeen({ before, after }: { readonly before: number; readonly after: number }, levels: readonly LevelChange[]): string | null {
  const ratio = before / after;
  if (!(ratio >= MIN_RATIO)) return null;
  const level = levels.find((one) => COUNTS.test(one.metric) && Math.abs(one.during / one.before / ratio - 1) <= RATIO_TOLERANCE);
  return level === undefined ? null : `${level.metric} rose as many times as this became more frequent`;
}

/** How near to a time limit the duration of a call that it cut off is seen. */
const CUT_OFF = 0.9;

/** A time limit that calls kept at their usual speed, and hit because what is called became slow, only reports the slowness. */
function isReportOfSlowness({ setting, kind }: Mechanism, { slowedCalls = [], errorText }: SuspectInput): boolean {
  if (setting === undefined || (kind !== 'timeout_lowered' && kind !== 'timeout_raised')) return false;
  const limitMs = quotedLimit(setting.after, errorText)?.limitMs ?? setting.after * 1000;
  return slowedCalls.some(({ beforeMs, duringMs }) => beforeMs < limitMs && duringMs >= CUT_OFF * limitMs);
}

/** Telemetry shows the very number that was set: a metric that went from the old value to the new, or a time in the errors. */
function settingSeen({ setting, kind }: Mechanism, { levels = [], errorText }: SuspectInput): string | null {
  if (setting === undefined || setting.before === setting.after) return null;
  const level = levels.find(({ before, during }) => isNear(before, setting.before) && isNear(during, setting.after));
  if (level !== undefined) return `${level.metric} went from ${setting.before} to ${setting.after}`;
  if (kind === 'schedule_changed') return rateSeen(setting, levels);
  const quoted = /timeout|deadline/i.test(setting.key) ? quotedLimit(setting.after, errorText) : null;
  return quoted === null ? null : `the errors give up after ${quoted.text}`;
}

/** A time in the errors that is a value which was set: in seconds, or in milliseconds where the code does not say the unit. */
function quotedLimit(setting: number, errorText: string): { readonly text: string; readonly limitMs: number } | null {
  for (const [text, number, unit] of errorText.slice(0, 10_000).matchAll(/\b(\d{1,7}(?:\.\d{1,3})?) ?(ms|s|sec|seconds|m|min)\b/g)) {
    const limitMs = Number(number) * (unit === 'ms' ? 1 : unit?.startsWith('m') ? 60_000 : 1000);
    if (limitMs > 0 && (isNear(limitMs / 1000, setting) || (setting > EVERYDAY && isNear(limitMs, setting)))) return { text, limitMs };
  }
  return null;
}
