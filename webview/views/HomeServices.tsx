import { useState } from 'react';
import { formatCount } from '../../src/domain/format';
import type { HomeSnapshot } from '../../src/protocol/homeApi';
import type { ServiceRow } from '../homeRows';
import { useHomeApi } from '../hooks/useHomeApi';
import { Absent } from '../ui/Absent';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Section } from '../ui/Section';
import { HomeService } from './HomeService';

export interface HomeServicesProps {
  readonly snapshot: HomeSnapshot;
  /** Worst first. */
  readonly rows: readonly ServiceRow[];
}

/** More than this are shown on demand. */
const shownAtFirst = 30;

/** Every service that was seen, now against what is usual. */
export function HomeServices({ snapshot, rows }: HomeServicesProps) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, shownAtFirst);
  return (
    <Section title="Services" aside={rows.length === 0 ? null : <span className="muted small">now, and below what is usual</span>}>
      {rows.length === 0 ? (
        <NoService snapshot={snapshot} />
      ) : (
        <table className="home-services">
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col" className="number">
                Requests
              </th>
              <th scope="col" className="number">
                Errors
              </th>
              <th scope="col" className="number">
                p95
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <HomeService key={row.id} row={row} hasEnv={snapshot.survey.report?.envs.length !== 1} />
            ))}
          </tbody>
        </table>
      )}
      {shown.length < rows.length ? (
        <div className="home-buttons">
          <Button label={`Show all ${formatCount(rows.length)} services`} onPress={() => setIsWhole(true)} />
        </div>
      ) : null}
    </Section>
  );
}

function NoService({ snapshot: { survey, hours } }: { readonly snapshot: HomeSnapshot }) {
  const send = useHomeApi();
  if (survey.report === null)
    return survey.status === 'running' ? (
      <Absent status="running" icon="server-process" awaited="Looking for services…" none="" />
    ) : (
      <Absent status="done" icon="server-process" awaited="" none="No service has been looked at yet." />
    );
  const where = survey.report.env === null ? '' : ` in the environment ${survey.report.env}`;
  return (
    <div className="absent">
      <Icon name="server-process" />
      <p>
        Datadog traced no request{where} in the last {hours + 2} hours.
      </p>
      <Button label="Find out why" icon="question" onPress={() => send('doctor', {})} />
    </div>
  );
}
