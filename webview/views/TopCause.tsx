import { formatPercent, formatPlural } from '../../src/domain/format';
import type { Hypothesis } from '../../src/domain/hypothesis';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { usePanelApi } from '../hooks/usePanelApi';
import { Absent } from '../ui/Absent';
import { Confidence } from '../ui/Confidence';
import { Disclosure } from '../ui/Disclosure';
import { LinkButton } from '../ui/LinkButton';
import { Section } from '../ui/Section';
import { spaced } from '../words';
import { CommitButton } from './CommitButton';
import { Factors } from './Factors';
import { PlaceButton } from './PlaceButton';

/** The best explanation with the way into the code. */
export function TopCause({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const { found, status } = snapshot;
  const top = found.hypotheses?.[0];
  if (!top)
    return (
      <Section title="Most likely cause">
        <Absent
          status={status}
          icon={found.verdict === 'healthy' ? 'pass' : 'question'}
          awaited="Weighing causes…"
          none={noCause(snapshot)}
        />
      </Section>
    );
  return (
    <Section title="Most likely cause" className="card top-cause" aside={<Confidence value={top.confidence} />}>
      <p className="cause-title">{top.title}</p>
      <div className="meta">
        <span>{spaced(top.kind)}</span>
        {top.service ? (
          <span className="clipped" title={top.service}>
            {top.service}
          </span>
        ) : null}
        <CommitButton sha={top.commit} suspects={found.suspectCommits ?? []} />
        <EvidenceCount hypothesis={top} />
      </div>
      <PlaceButton hypothesis={top} isPrimary />
      {top.confidenceFactors?.length ? (
        <Disclosure name={`why ${top.id}`} summary={`Why ${formatPercent(top.confidence)}`}>
          <Factors factors={top.confidenceFactors} />
        </Disclosure>
      ) : null}
    </Section>
  );
}

function noCause({ found, status }: PanelSnapshot): string {
  if (found.verdict === 'healthy') return 'Nothing is wrong, so there is no cause to name.';
  if (status === 'done') return 'The evidence points to no cause. The Evidence tab shows what was looked at.';
  return 'The investigation ended before causes were weighed.';
}

function EvidenceCount({ hypothesis }: { readonly hypothesis: Hypothesis }) {
  const { show } = usePanelApi();
  const against = hypothesis.evidenceAgainst.length;
  return (
    <LinkButton title="Show the evidence of this hypothesis" onPress={() => show('hypotheses', hypothesis.id)}>
      {formatPlural(hypothesis.evidenceFor.length, 'fact')} for it{against > 0 ? `, ${against} against` : ''}
    </LinkButton>
  );
}
