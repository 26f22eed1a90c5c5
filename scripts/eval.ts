import { parseArgs } from 'node:util';
import { evaluateRca, rcaJson } from '../src/cli/evalCommand';
import { noEvaluationData } from '../src/domain/evaluationErrors';
import { rcaText } from '../src/evaluation/rcaText';
import { type AnomalyEvaluation, evaluateAnomalies } from '../test/benchmarks/anomalyEval';
import { type DriftResult, FULL_DRIFT, measureDrift } from '../test/benchmarks/drift';
import { evaluateForecasts, type MethodScore } from '../test/benchmarks/forecastEval';
import type { SourceScore } from '../test/benchmarks/forecastScore';
import { readForecastWindows, syntheticWindows } from '../test/benchmarks/forecastWindows';
import { evaluateLogs, type GroupingScore, meanOf, readLoghub } from '../test/benchmarks/loghubEval';
import { evaluatePlaces, type PlaceScore } from '../test/benchmarks/placesEval';
import { evaluateRunbooks } from '../test/benchmarks/runbookEval';
import { readStackCases } from '../test/benchmarks/stackCases';
import { evaluateStackTraces, type LanguageScore, type StackEvaluation } from '../test/benchmarks/stackEval';
import { evaluateSuspects } from '../test/benchmarks/suspectEval';
import { evaluateTraces, type Score, type TraceEvaluation } from '../test/benchmarks/tracesEval';

type Row = readonly (string | number)[];

/** The first column is text, the others are figures. */
function table(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return all.map(line).join('\n');
}

const sum = (scores: readonly LanguageScore[], field: 'traces' | 'exact' | 'places' | 'mapped' | 'wrong') =>
  scores.reduce((total, score) => total + score[field], 0);

function stackTraceReport({ languages, misses, parsers }: StackEvaluation): string {
  const all: Row = ['all', sum(languages, 'traces'), sum(languages, 'exact'), sum(languages, 'places'), sum(languages, 'mapped')];
  const rows = languages.map(({ language, traces, exact, places, mapped }): Row => [language, traces, exact, places, mapped]);
  const beside = parsers.map(({ name, traces, exact, framesPerSec }): Row => [name, traces, exact, Math.round(framesPerSec)]);
  return [
    table(['language', 'traces', 'exact', 'places', 'mapped'], [...rows, all]),
    table(['JavaScript traces', 'traces', 'exact', 'frames/s'], beside),
    ...(misses.length === 0
      ? []
      : [
          table(
            ['missed', ''],
            misses.map(({ id, why }) => [id, why]),
          ),
        ]),
  ].join('\n\n');
}

function mappingReport({ languages }: StackEvaluation): string {
  const withPlaces = languages.filter(({ places }) => places > 0);
  const rows = withPlaces.map(({ language, places, mapped, wrong }): Row => [language, places, mapped, wrong]);
  const all: Row = ['all', sum(withPlaces, 'places'), sum(withPlaces, 'mapped'), sum(withPlaces, 'wrong')];
  return table(['language', 'places', 'right', 'wrong'], [...rows, all]);
}

function driftReport(results: Readonly<Record<string, DriftResult>>): string {
  const rows = Object.entries(results).map(
    ([name, { cases, right, declared, wrong, unchanged, unchangedFound, msPerFile, msPerLine }]): Row => [
      name,
      cases,
      right,
      declared,
      wrong,
      `${unchangedFound} of ${unchanged}`,
      msPerFile.toFixed(1),
      msPerLine.toFixed(2),
    ],
  );
  const mistakes = Object.values(results).flatMap((result) => result.mistakes);
  const named = mistakes.map(
    ({ sha, path, line, truth, answer }): Row => [
      `${sha.slice(0, 12)} ${path}:${line}`,
      `${answer.status} ${answer.path}:${answer.line}`,
      truth === null ? 'gone' : `${truth.path}:${truth.line}`,
    ],
  );
  const head = ['lines followed', 'cases', 'right', 'declared', 'wrong', 'kept lines found', 'ms a file', 'ms a line'];
  return [table(head, rows), ...(named.length === 0 ? [] : [table(['wrong', 'answer', 'truth'], named)])].join('\n\n');
}

/** What an evaluation found: the figures, and the same as tables. */
interface Evaluated {
  readonly result: unknown;
  readonly report: string;
}

async function evaluateDrift(): Promise<Evaluated> {
  const result = {
    'from the commit to now': await measureDrift(),
    'from now to the commit': await measureDrift({ ...FULL_DRIFT, isBack: true }),
  };
  return { result, report: driftReport(result) };
}

function evaluateStacks(reportOf: (evaluation: StackEvaluation) => string) {
  return async (dataDir: string | undefined): Promise<Evaluated> => {
    const cases = dataDir === undefined ? null : readStackCases(dataDir);
    if (cases === null) {
      const where =
        dataDir === undefined ? 'Name its folder with --data DIR or AIDOG_DATA.' : `There is no stacktraces/expected.json in ${dataDir}.`;
      throw new Error(`The benchmark of stack traces is not part of the project. ${where}`);
    }
    const evaluation = await evaluateStackTraces(cases, new AbortController().signal);
    return { result: evaluation, report: reportOf(evaluation) };
  };
}

function logReport(title: string, scores: readonly GroupingScore[]): string {
  const rows = scores.map(({ name, accuracy, found, labelled }): Row => [name, accuracy.toFixed(3), found, labelled]);
  const mean = meanOf(scores.map(({ accuracy }) => accuracy));
  return table([title, 'grouping accuracy', 'groups', 'true groups'], [...rows, ['mean', mean.toFixed(3), '', '']]);
}

async function evaluateLogTemplates(dataDir: string | undefined): Promise<Evaluated> {
  const logs = dataDir === undefined ? null : readLoghub(dataDir);
  const result = evaluateLogs(logs ?? []);
  const missing = 'Loghub-2k is not part of the project: name the folder that holds loghub/ with --data DIR or AIDOG_DATA.';
  const report = [logs === null ? missing : logReport('Loghub-2k', result.loghub), logReport('made-up systems', result.synthetic)];
  return { result, report: report.join('\n\n') };
}

const CLASSICAL_EVERY = 16;

/** A row a source, a column a method: MASE, SQL, and the share of values in the band in percent. */
function forecastReport(title: string, methods: readonly MethodScore[]): string {
  const sources = methods[0]?.sources.map(({ source }) => source) ?? [];
  const cell = ({ mase, sql, coverage }: SourceScore) => `${mase.toFixed(2)} ${sql.toFixed(2)} ${Math.round(100 * coverage)} %`;
  const rows = methods.map(({ name, windows, missing, sources: scores }): Row => {
    const cells = sources.map((source) => scores.find((score) => score.source === source)).map((score) => (score ? cell(score) : ''));
    return [name, windows, missing, ...cells];
  });
  const halves = sources.length > 6 ? [sources.slice(0, 5), sources.slice(5, 10), sources.slice(10)] : [sources];
  const tables = halves.map((half) => {
    const columns = half.map((source) => 3 + sources.indexOf(source));
    return table(
      [title, 'windows', 'missing', ...half],
      rows.map((row) => [...row.slice(0, 3), ...columns.map((column) => row[column] ?? '')]),
    );
  });
  return tables.join('\n\n');
}

/** MASE and scaled quantile loss as ratios to seasonal-naive, and the share of values in the band of 80 %. */
async function evaluateForecasting(dataDir: string | undefined): Promise<Evaluated> {
  const windows = dataDir === undefined ? null : readForecastWindows(dataDir);
  const real = windows === null ? [] : await evaluateForecasts(windows, CLASSICAL_EVERY);
  const synthetic = await evaluateForecasts(syntheticWindows(10), CLASSICAL_EVERY / 4);
  const missing = 'The series are not part of the project: name the folder that holds forecast/ with --data DIR or AIDOG_DATA.';
  const report = [windows === null ? missing : forecastReport('real series', real), forecastReport('made-up series', synthetic)];
  return { result: { real, synthetic }, report: report.join('\n\n') };
}

function anomalyReport({ nab, planted }: AnomalyEvaluation): string {
  const shown = (value: number) => value.toFixed(1);
  const faults = planted.map(({ fault, series, found, foundAt90, alarmsPerThousand, alarmsPerThousandAt90 }): Row => {
    const hits: Row = fault === 'none' ? ['', ''] : [`${found} of ${series}`, `${foundAt90} of ${series}`];
    return [fault, ...hits, alarmsPerThousand.toFixed(2), alarmsPerThousandAt90.toFixed(2)];
  });
  const tables = [table(['fault put in', 'found', 'at 0.9', 'alarms beside it / 1,000 rows', 'at 0.9'], faults)];
  if (nab === null) return tables.join('\n\n');
  const figures = (
    name: string,
    { score, hits, windows, falseAlarms }: { score: number; hits: number; windows: number; falseAlarms: number },
  ): Row => [name, windows === 0 ? '' : shown(score), `${hits} of ${windows}`, falseAlarms];
  const rows = [
    figures(`best threshold, ${nab.best.threshold.toFixed(3)}`, nab.best),
    figures('threshold 0.7', nab.atDefault),
    ...nab.groups.map(({ group, ...score }) => figures(`  ${group}`, score)),
  ];
  const halves = nab.halves.map(
    ({ threshold, own, other }, half): Row => [`chosen on half ${half + 1}`, threshold.toFixed(3), shown(own), shown(other)],
  );
  return [
    table(['NAB, standard profile', 'score', 'windows', 'false alarms'], rows),
    table(['threshold', 'value', 'on its half', 'on the other'], halves),
    ...tables,
  ].join('\n\n');
}

async function evaluateAnomalyDetection(dataDir: string | undefined): Promise<Evaluated> {
  const result = evaluateAnomalies(dataDir);
  return { result, report: anomalyReport(result) };
}

function traceReport({ byOption, byFault, all, ambiguous, misses }: TraceEvaluation): string {
  const row = ({ name, traces, paths, failing, origins }: Score): Row => [
    name,
    `${paths}/${traces}`,
    share(paths, traces),
    `${origins}/${failing}`,
    share(origins, failing),
  ];
  const head = (what: string) => [what, 'path right', '', 'origin right', ''];
  return [
    table(head('what tracing did'), [...byOption, all].map(row)),
    table(head('fault'), byFault.map(row)),
    table(head('what spans cannot tell apart'), ambiguous.map(row)),
    ...(misses.length === 0 ? [] : [`${misses.length} missed, such as\n${misses.slice(0, 5).join('\n')}`]),
  ].join('\n\n');
}

const share = (right: number, of: number) => (of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} %`);

async function evaluateGeneratedTraces(): Promise<Evaluated> {
  const result = evaluateTraces();
  return { result, report: traceReport(result) };
}

/** Which service is at fault, in made-up systems that are measured in the words of several vendors and libraries. */
async function evaluateMadeUpPlaces(): Promise<Evaluated> {
  const result = await evaluatePlaces();
  const row = ({ name, cases, ac1, ac3, baseline1, baseline3 }: PlaceScore): Row => [
    name,
    cases,
    ...[ac1, ac3, baseline1, baseline3].map((value) => value.toFixed(3)),
  ];
  const head = (what: string): Row => [what, 'cases', 'AC@1', 'AC@3', 'largest change AC@1', 'AC@3'];
  const tables = [
    table(head('measured by'), [...result.byVocabulary, result.all].map(row)),
    table(head('fault'), result.byFault.map(row)),
    table(head('shape'), result.byShape.map(row)),
  ];
  return { result, report: tables.join('\n\n') };
}

/** The recorded incidents, as `aidog eval rca` runs them. */
async function evaluateIncidents(dataDir: string | undefined, sets: readonly string[]): Promise<Evaluated> {
  if (dataDir === undefined) throw noEvaluationData();
  const log = { info: () => undefined, error: () => undefined };
  const evaluation = await evaluateRca({ dir: dataDir, sets, log, signal: new AbortController().signal });
  return { result: JSON.parse(rcaJson(evaluation)), report: rcaText(evaluation.sets, evaluation.all).trimEnd() };
}

async function evaluateRunbookSearch(): Promise<Evaluated> {
  const result = evaluateRunbooks();
  const { runbooks, questions, unanswerable, scores, misses } = result;
  const rows = scores.map(({ name, recallAt1, recallAt3, reciprocalRank, falseHits }): Row => {
    const figures = [recallAt1, recallAt3, reciprocalRank].map((value) => value.toFixed(3));
    return [name, ...figures, `${falseHits} of ${unanswerable}`];
  });
  const missed = misses.map(({ question, wanted, found }): Row => [question, wanted ?? 'none', found.join(', ') || 'none']);
  const head = [`${questions} questions, ${runbooks} runbooks`, 'R@1', 'R@3', 'MRR', 'a runbook where none fits'];
  const tables = [table(head, rows), ...(missed.length === 0 ? [] : [table(['not first', 'wanted', 'found'], missed)])];
  return { result, report: tables.join('\n\n') };
}

/** Which commit is to blame: incidents of our own, and the recorded ones of that question where their folder is named. */
async function evaluateSuspectCommits(dataDir: string | undefined): Promise<Evaluated> {
  const result = await evaluateSuspects(dataDir ?? null);
  const rows = result.counts.map(
    ({ name, cases, right, abstained, decoy, accused }): Row => [name, cases, right, abstained, decoy, accused],
  );
  const missed = result.misses.map(({ name, result: what, rank }): Row => [name, what, rank ?? '']);
  const tables = [
    table(['incidents', 'cases', 'right', 'abstained', 'blamed a decoy', 'accused wrongly'], rows),
    ...(missed.length === 0 ? [] : [table(['missed', 'result', 'rank of the guilty'], missed)]),
  ];
  return { result, report: tables.join('\n\n') };
}

/** By the word that asks for it. The argument is the folder of the benchmark data, where one is named. */
const evaluations: Readonly<Record<string, (dataDir: string | undefined, sets: readonly string[]) => Promise<Evaluated>>> = {
  stacktraces: evaluateStacks(stackTraceReport),
  mapping: evaluateStacks(mappingReport),
  drift: evaluateDrift,
  traces: evaluateGeneratedTraces,
  forecast: evaluateForecasting,
  anomalies: evaluateAnomalyDetection,
  logs: evaluateLogTemplates,
  runbooks: evaluateRunbookSearch,
  suspects: evaluateSuspectCommits,
  places: evaluateMadeUpPlaces,
  rca: evaluateIncidents,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { set: { type: 'string', multiple: true }, data: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [what = '', ...others] = positionals;
  const evaluate = evaluations[what];
  if (!evaluate || others.length > 0)
    throw new Error(`Usage: npm run eval -- ${Object.keys(evaluations).join('|')} [--set NAME]... [--data DIR] [--json]`);
  const { result, report } = await evaluate(values.data ?? process.env.AIDOG_DATA, values.set ?? []);
  process.stdout.write(`${values.json ? JSON.stringify(result, null, 2) : report}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
