import { formatAge, formatDateTime } from '../../src/domain/format';
import type { HomeAlert, HomeSnapshot } from '../../src/protocol/homeApi';
import { monitorStateLabels } from '../homeWords';
import { useHomeApi } from '../hooks/useHomeApi';
import { useNow } from '../hooks/useNow';
import { Absent } from '../ui/Absent';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { IconButton } from '../ui/IconButton';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Section';

export interface HomeAlertsProps {
  readonly alerts: HomeSnapshot['alerts'];
  /** Those of the chosen environment. */
  readonly shown: readonly HomeAlert[];
}

/** Open incidents, as the tree has them. */
export function HomeAlerts({ alerts, shown }: HomeAlertsProps) {
  const send = useHomeApi();
  const nowMs = useNow(30_000);
  return (
    <Section title="Alerts" aside={shown.length === 0 ? null : <span className="muted">{shown.length}</span>}>
      {alerts.problem === null ? null : (
        <Notice tone="bad" actions={<Button label="Find out why" onPress={() => send('doctor', {})} />}>
          {alerts.problem}
        </Notice>
      )}
      {shown.length === 0 ? (
        <NoAlert status={alerts.status} />
      ) : (
        <ul className="plain-list home-lines">
          {shown.map((alert) => (
            <AlertLine key={alert.key} alert={alert} nowMs={nowMs} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function NoAlert({ status }: { readonly status: HomeSnapshot['alerts']['status'] }) {
  if (status === 'failed') return null;
  return (
    <Absent
      status={status === 'waiting' ? 'running' : 'done'}
      icon="bell-slash"
      awaited="Looking for alerts…"
      none="No monitor is alerting."
    />
  );
}

function AlertLine({ alert, nowMs }: { readonly alert: HomeAlert; readonly nowMs: number }) {
  const send = useHomeApi();
  const { key: id, title, service, env, state, sinceMs, hasLink } = alert;
  return (
    <li className="home-line">
      <Badge label={monitorStateLabels[state] ?? monitorStateLabels.Unknown} what="State" />
      <div className="home-line-words">
        <strong>{title}</strong>
        <div className="meta small">
          {service === null ? null : <span>{service}</span>}
          {env === null ? null : <span>{env}</span>}
          {sinceMs === null ? null : <span title={formatDateTime(sinceMs)}>since {formatAge(sinceMs, nowMs)}</span>}
        </div>
      </div>
      <div className="home-line-actions">
        <Button label="Investigate" icon="search" title={`Investigate ${title}`} onPress={() => send('investigateAlert', { id })} />
        {hasLink ? <IconButton label={`Open ${title} in Datadog`} icon="link-external" onPress={() => send('openAlert', { id })} /> : null}
      </div>
    </li>
  );
}
