import type { ServiceLoad, ServiceSignal } from '../../src/domain/survey';
import type { ServiceRow } from '../homeRows';
import { formatSignal, serviceStateLabels } from '../homeWords';
import { useHomeApi } from '../hooks/useHomeApi';
import { Badge } from '../ui/Badge';
import { IconButton } from '../ui/IconButton';
import { LinkButton } from '../ui/LinkButton';

const measured = (load: ServiceLoad, signal: ServiceSignal) =>
  ({ traffic: load.requestsPerSec, errors: load.errorShare, latency: load.p95Ms })[signal];

/** A row: the service, how it stands and why, and its measures with what is usual below each. */
export function HomeService({ row, hasEnv }: { readonly row: ServiceRow; readonly hasEnv: boolean }) {
  const send = useHomeApi();
  const { id, service, env, state, why, link } = row;
  return (
    <tr>
      <th scope="row">
        <div className="home-service-name">
          <LinkButton title={`Investigate ${service}`} onPress={() => send('investigateService', { id })}>
            {service}
          </LinkButton>
          <Badge label={serviceStateLabels[state] ?? serviceStateLabels.unknown} what="State" />
          {link === null ? null : (
            <IconButton label={`Open ${service} in Datadog`} icon="link-external" onPress={() => send('openService', { id })} />
          )}
        </div>
        <div className="meta small">
          {hasEnv && env !== null ? <span>{env}</span> : null}
          {why === '' ? null : <span>{why}</span>}
        </div>
      </th>
      {(['traffic', 'errors', 'latency'] as const).map((signal) => (
        <Measure key={signal} row={row} signal={signal} />
      ))}
    </tr>
  );
}

const toneOf = ({ state, cause }: ServiceRow, signal: ServiceSignal) => {
  if (cause !== signal) return '';
  return state === 'degraded' || state === 'unusual' ? ' home-measure-warn' : ' home-measure-bad';
};

function Measure({ row, signal }: { readonly row: ServiceRow; readonly signal: ServiceSignal }) {
  const usual = row.usual && measured(row.usual, signal);
  return (
    <td className="number">
      <span className={`home-measure${toneOf(row, signal)}`}>{formatSignal(signal, measured(row.now, signal))}</span>
      <span className="muted small" title={row.usualBasis === null ? undefined : `Usual as of ${row.usualBasis}`}>
        <span className="unseen">, usually </span>
        {usual === null ? '' : formatSignal(signal, usual)}
      </span>
    </td>
  );
}
