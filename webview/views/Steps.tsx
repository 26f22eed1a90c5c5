import type { Evidence } from '../../src/domain/evidence';
import { formatDuration } from '../../src/domain/format';
import type { Investigation, Recommendation, Step } from '../../src/domain/investigation';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { usePanelApi } from '../hooks/usePanelApi';
import { useRevealed } from '../hooks/useRevealed';
import { stepDeed } from '../stepDeed';
import { Absent } from '../ui/Absent';
import { Button } from '../ui/Button';
import { Section } from '../ui/Section';
import { recommendationKinds, spaced, stepActions } from '../words';
import { CitedText } from './CitedText';
import { EvidenceChips } from './EvidenceChips';
import { RunbookChips } from './RunbookChips';
import { TestPlan } from './TestPlan';

/** What to do now, and what to improve afterwards. */
export function Steps({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const { found, status } = snapshot;
  const steps = found.steps ?? [];
  const none =
    found.verdict === 'healthy' ? 'Nothing is wrong, so there is nothing to do.' : 'The investigation ended before it could suggest steps.';
  return (
    <div className="steps">
      <Section title="Next steps" aside={steps.length > 0 ? <span className="muted">{totalOf(steps)} in all</span> : undefined}>
        {steps.length > 0 ? (
          <ol className="plain-list step-list">
            {steps.map((step, index) => (
              <StepRow key={step.id} step={step} number={index + 1} isFirst={index === 0} found={found} />
            ))}
          </ol>
        ) : (
          <Absent status={status} icon="checklist" awaited="Planning steps…" none={none} />
        )}
      </Section>
      <TestPlan plan={found.testPlan ?? null} />
      <Recommendations items={found.recommendations ?? []} evidence={found.evidence ?? []} />
    </div>
  );
}

const minutesText = (minutes: number) => `about ${formatDuration(minutes * 60_000)}`;

function totalOf(steps: readonly Step[]): string {
  return minutesText(steps.reduce((sum, { minutes }) => sum + minutes, 0));
}

interface StepRowProps {
  readonly step: Step;
  readonly number: number;
  readonly isFirst: boolean;
  readonly found: Partial<Investigation>;
}

function StepRow({ step, number, isFirst, found }: StepRowProps) {
  const { ref, isRevealed } = useRevealed<HTMLLIElement>(step.id);
  return (
    <li ref={ref} className={isRevealed ? 'step revealed' : 'step'} tabIndex={-1}>
      <span className="step-number" aria-hidden="true">
        {number}
      </span>
      <div className="step-body">
        <div className="step-head">
          <h3>{step.title}</h3>
          <span className="muted step-minutes">{minutesText(step.minutes)}</span>
        </div>
        <p className="muted">
          <CitedText text={step.rationale} evidence={found.evidence ?? []} />
        </p>
        <div className="step-foot">
          <StepButton step={step} found={found} isFirst={isFirst} />
          <dl className="arguments">
            <EvidenceChips term="Because of" ids={step.evidence} evidence={found.evidence ?? []} />
            <RunbookChips ids={step.runbooks ?? []} runbooks={found.runbooks ?? []} />
          </dl>
        </div>
      </div>
    </li>
  );
}

function StepButton({ step, found, isFirst }: { readonly step: Step; readonly found: Partial<Investigation>; readonly isFirst: boolean }) {
  const { send } = usePanelApi();
  const deed = stepDeed(step, found);
  if (deed === null) return null;
  if (deed.kind === 'copy') return <Button label="Copy query" icon="copy" onPress={() => send('copyQuery', { id: deed.evidenceId })} />;
  const { text, icon } = stepActions[step.action] ?? stepActions.open_link;
  return <Button label={text} icon={icon} isPrimary={isFirst} title={step.title} onPress={() => send('openStep', { id: step.id })} />;
}

function Recommendations({ items, evidence }: { readonly items: readonly Recommendation[]; readonly evidence: readonly Evidence[] }) {
  if (items.length === 0) return null;
  return (
    <Section title="Once the fire is out">
      <ul className="plain-list recommendations">
        {items.map((item) => (
          <li key={item.id} className="recommendation">
            <span className="tag">{recommendationKinds[item.kind] ?? spaced(item.kind)}</span>
            <div>
              <h3>{item.title}</h3>
              <p className="muted">
                <CitedText text={item.rationale} evidence={evidence} />
              </p>
              <dl className="arguments">
                <EvidenceChips term="Because of" ids={item.evidence} evidence={evidence} />
              </dl>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
