import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateSets } from '../src/cli/evalCommand';
import { type CalibrationFigures, calibrationFigures } from '../src/diagnosis/calibrationError';
import { noEvaluationData } from '../src/domain/evaluationErrors';
import { crossValidated, figuresBySet, fitted, priorsText, type Said, summedOutcomes } from '../src/evaluation/fit';
import { incompleteSets } from '../src/evaluation/incomplete';
import { outcomeOf, type SetOutcome } from '../src/evaluation/outcomes';
import { type CaseSet, readSets } from '../src/evaluation/sets';
import { projectRoot } from './codeServer';

const target = path.join(projectRoot, 'src', 'diagnosis', 'calibrationPriors.ts');
const FOLDS = 10;

/** Investigates recorded incidents whose causes are known and returns what became of each first hypothesis. */
async function outcomesOf(sets: readonly CaseSet[], isIncomplete: boolean): Promise<readonly SetOutcome[]> {
  const outcomes: SetOutcome[] = [];
  const log = { info: () => undefined, error: () => undefined };
  await evaluateSets(sets, {
    log,
    signal: new AbortController().signal,
    onCase(set, { case: name, judged }, found) {
      const outcome = outcomeOf(set, name, judged, found, isIncomplete);
      if (outcome !== null) outcomes.push(outcome);
    },
  });
  return outcomes;
}

/** Of each case as it was recorded, and once more with one source left out. */
async function readOutcomes(dir: string, wanted: readonly string[]) {
  const sets = await readSets(dir, wanted);
  const whole = await outcomesOf(sets, false);
  const target = await mkdtemp(path.join(tmpdir(), 'aidog-calibrate-'));
  try {
    return { whole, incomplete: await outcomesOf(await incompleteSets(sets, target), true) };
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

function row(name: string, { hypotheses, right, ece, brier, meanConfidence }: CalibrationFigures): string {
  const figures = [right, meanConfidence, ece, brier].map((value) => value.toFixed(3).padStart(9));
  return `${name.padEnd(38)}${String(hypotheses).padStart(6)}${figures.join('')}`;
}

function table(title: string, said: readonly Said[]): string {
  return figuresBySet(said)
    .map(([set, figures]) => row(`${title}, ${set}`, figures))
    .join('\n');
}

/** Fits how sure AIDog says it is to how often that came true, and writes `src/diagnosis/calibrationPriors.ts`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, set: { type: 'string', multiple: true }, 'dry-run': { type: 'boolean' } },
  });
  const dir = values.data ?? process.env.AIDOG_DATA;
  if (dir === undefined) throw noEvaluationData();
  const { whole, incomplete } = await readOutcomes(dir, values.set ?? []);
  const before = whole.map(({ raw, isRight, set }) => ({ confidence: raw, isRight, set }));
  const after = fitted(whole);
  const unseen = crossValidated([...whole, ...incomplete], FOLDS);
  const unseenWhole = crossValidated(whole, FOLDS);
  const figures = [before, after, unseenWhole].map(calibrationFigures);
  const [first, second, third] = figures;
  if (!first || !second || !third) throw new Error('No case gave a hypothesis, so there is nothing to fit.');
  process.stdout.write(`${'confidence'.padEnd(38)} cases    right     said      ECE    Brier\n`);
  const tables = [
    table('raw', before),
    table('fitted', after),
    table('one source less', fitted(incomplete, whole)),
    table('unseen', unseen),
  ];
  process.stdout.write(`${tables.join('\n')}\n`);
  if (values['dry-run']) return;
  const source = sourceOf(whole);
  const fittedOn = new Date().toISOString().slice(0, 10);
  writeFileSync(
    target,
    priorsText({ fittedOn, source, before: first, after: second, crossValidated: third, outcomes: summedOutcomes(whole) }),
  );
  process.stdout.write(`Written to ${path.relative(projectRoot, target)}.\n`);
}

function sourceOf(outcomes: readonly SetOutcome[]): string {
  const counts = new Map<string, number>();
  for (const { set } of outcomes) counts.set(set, (counts.get(set) ?? 0) + 1);
  return `${outcomes.length} recorded incidents with known causes (${[...counts].map(([set, count]) => `${set} ${count}`).join(', ')})`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
