import type { Evidence, EvidenceKind } from '../../domain/evidence';
import type { Draft, GuideInput } from './draft';

const MINUTES = 15;

/** The metric of the alert, or what shows the trouble best; the monitor where nothing else was seen. */
function measureOf({ evidence, findings, hypotheses: [best] }: GuideInput): Evidence | undefined {
  const facts = [...findings.alertEvidence, ...(best?.evidenceFor ?? [])].flatMap((id) => evidence.find((fact) => fact.id === id) ?? []);
  const isWork = ({ kind }: Evidence) => kind !== 'monitor' && kind !== 'commit';
  return facts.find(({ kind }) => kind === 'metric') ?? facts.find(isWork) ?? facts[0];
}

/** The same look again once it is over. */
export function verify(input: GuideInput): readonly Draft[] {
  const fact = measureOf(input);
  if (fact === undefined) return [];
  const [what, expected] = EXPECTED[fact.kind] ?? ['it does not come again', 'Nothing like it should be seen'];
  return [
    {
      title: input.hypotheses[0]?.kind === 'healthy' ? `See that ${what}` : `After the fix, see that ${what}`,
      rationale: `${expected} for ${MINUTES} min.`,
      action: 'verify',
      minutes: MINUTES,
      evidence: [fact.id],
      link: fact.link,
    },
  ];
}

const EXPECTED: Partial<Record<EvidenceKind, readonly [what: string, expected: string]>> = {
  metric: ['the metric is as usual', 'It should stay in its usual range'],
  monitor: ['the monitor is OK', 'It should stay so'],
};

/** There is always something to do, even when little was found. */
export function watchAgain({ findings, verdict, evidence }: GuideInput): readonly Draft[] {
  const monitor = evidence.find(({ id, kind }) => kind === 'monitor' && findings.alertEvidence.includes(id));
  if (verdict === 'healthy')
    return [
      {
        title: 'Resolve the alert, with a note of what was seen',
        rationale: 'Nothing has to be rolled back, restarted or scaled for it.',
        action: 'verify',
        minutes: 2,
        evidence: monitor === undefined ? [] : [monitor.id],
        link: monitor?.link ?? null,
      },
    ];
  return [
    {
      title: `Look at the latest errors of ${findings.alerting ?? 'the service'}`,
      rationale: `There may be some by now.${findings.alerting === null ? '' : ` Query: service:${findings.alerting} status:error`}`,
      action: 'run_query',
      minutes: 5,
      evidence: [],
      link: null,
    },
    {
      title: 'Investigate again in ten minutes',
      rationale: 'More data since the onset makes the comparison with the quiet hour sharper.',
      action: 'verify',
      minutes: 10,
      evidence: [],
      link: null,
    },
  ];
}
