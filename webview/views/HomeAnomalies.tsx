import { useState } from 'react';
import { formatCount, formatPlural } from '../../src/domain/format';
import type { HomeSnapshot } from '../../src/protocol/homeApi';
import type { HomeRows } from '../homeRows';
import { useHomeApi } from '../hooks/useHomeApi';
import { Absent } from '../ui/Absent';
import { Button } from '../ui/Button';
import { Disclosure } from '../ui/Disclosure';
import { Icon } from '../ui/Icon';
import { Section } from '../ui/Section';
import { HomeAnomaly } from './HomeAnomaly';

/** What is not as usual: what goes on first, what is over folded away. */
export function HomeAnomalies({ snapshot, rows }: { readonly snapshot: HomeSnapshot; readonly rows: HomeRows }) {
  const { ongoing, over } = rows;
  const count = ongoing.length === 0 ? null : <span className="muted">{ongoing.length}</span>;
  return (
    <Section title="Anomalies" aside={count}>
      {ongoing.length === 0 ? <NoAnomaly snapshot={snapshot} rows={rows} /> : <Cards anomalies={ongoing} />}
      {over.length === 0 ? null : (
        <Disclosure name="over" summary={`${formatPlural(over.length, 'anomaly', 'anomalies')} over by now`}>
          <Cards anomalies={over} />
        </Disclosure>
      )}
    </Section>
  );
}

/** One fault makes many services unusual; the services below them must not be far away. */
const shownAtFirst = 6;

function Cards({ anomalies }: { readonly anomalies: HomeRows['ongoing'] }) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? anomalies : anomalies.slice(0, shownAtFirst);
  return (
    <>
      <div className="home-cards">
        {shown.map((anomaly) => (
          <HomeAnomaly key={anomaly.id} anomaly={anomaly} />
        ))}
      </div>
      {shown.length < anomalies.length ? (
        <div className="home-buttons">
          <Button label={`Show all ${formatCount(anomalies.length)} anomalies`} onPress={() => setIsWhole(true)} />
        </div>
      ) : null}
    </>
  );
}

function NoAnomaly({ snapshot, rows }: { readonly snapshot: HomeSnapshot; readonly rows: HomeRows }) {
  const send = useHomeApi();
  const { survey, hours } = snapshot;
  if (survey.report === null) {
    if (survey.status === 'running') return <Absent status="running" icon="pulse" awaited="Looking for what is not as usual…" none="" />;
    if (survey.status !== 'waiting')
      return <Absent status="done" icon="pulse" awaited="" none="Nothing is known about the services yet." />;
    return (
      <div className="absent">
        <Icon name="pulse" />
        <p>The services have not been looked at yet.</p>
        <Button label="Look now" icon="search" onPress={() => send('refresh', {})} />
      </div>
    );
  }
  return (
    <Absent status="done" icon={survey.report.seriesCount === 0 ? 'history' : 'pass'} awaited="" none={quiet(snapshot, rows, hours)} />
  );
}

function quiet({ survey }: HomeSnapshot, { services, over }: HomeRows, hours: number): string {
  const series = survey.report?.seriesCount ?? 0;
  if (services.length === 0) return 'There is no service whose metrics could be looked at.';
  if (series === 0)
    return 'No service has enough history yet to say what is unusual: that takes half an hour with five requests or more every five minutes.';
  const when = over.length === 0 ? `in the last ${formatPlural(hours, 'hour')}` : 'now';
  return `Nothing unusual ${when}; ${formatPlural(services.length, 'service')}, ${formatPlural(series, 'series', 'series')} looked at.`;
}
