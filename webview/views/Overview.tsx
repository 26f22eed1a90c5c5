import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { Absent } from '../ui/Absent';
import { Icon } from '../ui/Icon';
import { LongText } from '../ui/LongText';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Section';
import { verdictSentences } from '../words';
import { CitedText } from './CitedText';
import { Culprits } from './Culprits';
import { MetricCharts } from './MetricCharts';
import { TopCause } from './TopCause';

export interface OverviewProps {
  readonly snapshot: PanelSnapshot;
  readonly chartIndex: number;
  readonly onChooseChart: (index: number) => void;
}

/** What happened, why most likely, and how far it reaches, on one page. */
export function Overview({ snapshot, chartIndex, onChooseChart }: OverviewProps) {
  const { found, status } = snapshot;
  if (status !== 'running' && !found.incident && !found.alert && !found.charts?.length && !found.problems?.length)
    return (
      <Absent
        status={status}
        icon="inbox"
        awaited=""
        none="Nothing was found before the investigation ended. The agent trace shows what was tried."
      />
    );
  return (
    <div className="overview">
      <div className="overview-main">
        <Symptom snapshot={snapshot} />
        <TopCause snapshot={snapshot} />
        <MetricCharts snapshot={snapshot} index={chartIndex} onChoose={onChooseChart} />
      </div>
      <div className="overview-side">
        <BlastRadius services={found.incident?.blastRadius ?? []} atFault={found.hypotheses?.[0]?.service ?? null} />
        <Culprits culprits={found.culprits ?? []} />
        <Problems problems={found.problems ?? []} isRunning={status === 'running'} />
      </div>
    </div>
  );
}

function Symptom({ snapshot: { found, status } }: { readonly snapshot: PanelSnapshot }) {
  const symptom = found.incident?.primarySymptom ?? found.alert?.summary;
  return (
    <Section title="What happens" className="symptom">
      {found.summary || symptom ? (
        <p className="lead">
          {found.summary ? <CitedText text={found.summary} evidence={found.evidence ?? []} /> : <LongText text={symptom ?? ''} />}
        </p>
      ) : (
        <Absent
          status={status}
          icon="search"
          awaited="Looking at the alert…"
          none="Nothing was found out before the investigation ended."
        />
      )}
      {status === 'done' && found.verdict ? <p className="muted">{verdictSentences[found.verdict]}.</p> : null}
    </Section>
  );
}

function BlastRadius({ services, atFault }: { readonly services: readonly string[]; readonly atFault: string | null }) {
  if (services.length === 0) return null;
  return (
    <Section title="Blast radius" aside={<span className="muted">{services.length}</span>}>
      <ul className="plain-list">
        {services.map((service) => (
          <li key={service} className="service-row">
            <Icon name="server-process" />
            <span className="clipped" title={service}>
              {service}
            </span>
            {service === atFault ? <span className="tag">at fault</span> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Problems({ problems, isRunning }: { readonly problems: readonly string[]; readonly isRunning: boolean }) {
  if (problems.length === 0) return null;
  return (
    <Section title={isRunning ? 'Could not be looked at so far' : 'Could not be looked at'}>
      <ul className="plain-list notices">
        {problems.map((problem) => (
          <li key={problem}>
            <Notice tone="warn">{problem}</Notice>
          </li>
        ))}
      </ul>
    </Section>
  );
}
