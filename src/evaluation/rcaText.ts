import type { CalibrationFigures } from '../diagnosis/calibrationError';
import { formatPlural } from '../domain/format';
import { oneLine } from '../domain/plainText';
import type { SetResult } from './runSets';
import type { CaseResult, Ranking, Ratio, Summary } from './summarize';

const share = ({ hits, of }: Ratio) => (of === 0 ? '-' : `${hits}/${of}`);
const shares = (by: Readonly<Record<string, Ratio>>) =>
  Object.entries(by)
    .map(([name, ratio]) => `${name} ${share(ratio)}`)
    .join(', ');
const places = ({ ac1, ac3, avg5 }: Ranking) => `AC@1 ${ac1.toFixed(3)}   AC@3 ${ac3.toFixed(3)}   Avg@5 ${avg5.toFixed(3)}`;
const maybe = (value: number | null) => (value === null ? '-' : value.toFixed(3));

/** A line a case and the figures of each set, and of all sets where there is more than one. */
export function rcaText(sets: readonly SetResult[], all: Summary): string {
  const parts = sets.map(({ set, results, summary }) => `${[HEAD, ...results.map(caseLine)].join('\n')}\n\n${summaryText(set, summary)}`);
  return `${[...parts, ...(sets.length > 1 ? [summaryText('all sets', all)] : [])].join('\n\n')}\n`;
}

const line = (cells: readonly [string, string, string, string, string, string, string, string, string]) => {
  const [name, rank, commit, verdict, confidence, coverage, top, seconds, failure] = cells;
  const places = [
    name.padEnd(6),
    rank.padStart(5),
    '  ',
    commit.padEnd(10),
    verdict.padEnd(16),
    confidence.padStart(5),
    coverage.padStart(5),
    ` ${top.padEnd(6)}`,
  ];
  return `${places.join('')}${seconds.padStart(7)}  ${failure}`.trimEnd();
};

const HEAD = line(['case', 'rank', 'commit', 'verdict', 'conf', 'cov', 'top', 's', 'failure']);

function caseLine({ case: name, seconds, failure, judged }: CaseResult): string {
  const { rank, commit = '-', verdict, isVerdictRight, confidence, coverage, isRight } = judged;
  return line([
    oneLine(name),
    rank === undefined ? '-' : `${rank ?? 'none'}`,
    commit,
    isVerdictRight === undefined ? '-' : `${verdict}${isVerdictRight ? '' : ' x'}`,
    confidence?.toFixed(2) ?? '-',
    coverage?.toFixed(2) ?? '-',
    isRight === undefined ? '-' : isRight ? 'right' : 'wrong',
    seconds.toFixed(2),
    failure === null ? '' : oneLine(failure),
  ]);
}

function summaryText(name: string, summary: Summary): string {
  const { cases, failures, service, commit, verdict, calibration, coverage, reliability, seconds } = summary;
  return [
    `${oneLine(name)}: ${formatPlural(cases, 'case')}`,
    ...(service === null ? [] : serviceLines(service)),
    ...(commit === null ? [] : commitLines(commit)),
    ...(verdict === null ? [] : verdictLines(verdict)),
    calibration === null ? 'calibration  no top hypothesis with a confidence' : calibrationLine(calibration),
    ...(calibration === null
      ? []
      : [`coverage     mean ${maybe(coverage)} of what the top hypotheses draw on was read`, reliabilityLine(reliability)]),
    ...(seconds === null ? [] : [`time         median ${seconds.median.toFixed(2)} s   max ${seconds.max.toFixed(2)} s`]),
    `failures     ${failures.length}`,
  ].join('\n');
}

function serviceLines(service: NonNullable<Summary['service']>): readonly string[] {
  const by = shares(service.byFaultType);
  return [`service      ${places(service)}   (${service.cases} cases)`, ...(by === '' ? [] : [`             AC@1 by fault: ${by}`])];
}

function commitLines(commit: NonNullable<Summary['commit']>): readonly string[] {
  const { pass, passGuilty, passNone, suspects } = commit;
  const blame = `pass ${share(pass)} (a commit is guilty ${share(passGuilty)}, none is ${share(passNone)})`;
  const wrong = `decoy hits ${commit.decoyHits}   false accusations ${commit.falseAccusations}   other wrong ${commit.wrong}`;
  const abstentions = `abstentions ${commit.abstentionsWanted} wanted, ${commit.abstentionsUnwanted} unwanted`;
  const ranks = suspects === null ? [] : [`             suspects ${places(suspects)}   (${suspects.cases} guilty)`];
  return [`commit       ${blame}   ${wrong}   ${abstentions}`, ...ranks];
}

function verdictLines({ all, by, required, rulingOut, outputsWithForbidden }: NonNullable<Summary['verdict']>): readonly string[] {
  const accuracy = (all.hits / all.of).toFixed(3);
  return [
    `verdict      accuracy ${accuracy} (${share(all)}): ${shares(by)}`,
    `keywords     required ${maybe(required)}   ruling out ${maybe(rulingOut)}   outputs with a forbidden one ${outputsWithForbidden}`,
  ];
}

function calibrationLine({ brier, ece, meanConfidence, right, brierOfConstant, hypotheses }: CalibrationFigures): string {
  const constant = `(always saying ${right.toFixed(3)}: ${brierOfConstant.toFixed(4)})`;
  return `calibration  Brier ${brier.toFixed(4)} ${constant}   ECE ${ece.toFixed(4)}   mean confidence ${meanConfidence.toFixed(3)}   right ${right.toFixed(3)}   (${hypotheses} top hypotheses)`;
}

/** Each bin as `0.9 said 0.95 right 1.00 (12)`. */
function reliabilityLine(bins: Summary['reliability']): string {
  const texts = bins.map(
    ({ from, hypotheses, meanConfidence, right }) =>
      `${from.toFixed(1)} said ${meanConfidence.toFixed(2)} right ${right.toFixed(2)} (${hypotheses})`,
  );
  return `reliability  ${texts.join('   ')}`;
}
