import { formatDateTime, formatDuration, formatTime } from '../../src/domain/format';
import type { ServiceAnomaly } from '../../src/domain/survey';
import { formatDeviation, formatSignal, signalLabels } from '../homeWords';
import { useHomeApi } from '../hooks/useHomeApi';
import { useNow } from '../hooks/useNow';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { Sparkline } from '../ui/Sparkline';

const directionIcons: Readonly<Record<ServiceAnomaly['direction'], string>> = { above: 'arrow-up', below: 'arrow-down', shape: 'pulse' };
const directionWords: Readonly<Record<ServiceAnomaly['direction'], string>> = {
  above: 'higher than usual',
  below: 'lower than usual',
  shape: 'in an unusual rhythm',
};

/** One metric that is not as usual: what, since when, how far, and why it is said. */
export function HomeAnomaly({ anomaly }: { readonly anomaly: ServiceAnomaly }) {
  const send = useHomeApi();
  const { id, service, env, signal, direction, value, expected, score, reason, link, points } = anomaly;
  const tone = anomaly.endedMs !== null ? 'neutral' : signal === 'errors' ? 'bad' : 'warn';
  const metric = signalLabels[signal];
  const toSec = anomaly.endedMs === null ? Number.MAX_SAFE_INTEGER : anomaly.endedMs / 1000;
  return (
    <article className="card home-anomaly" aria-label={`${metric} of ${service}, ${directionWords[direction]}`}>
      <div className="home-anomaly-head">
        <span className="home-anomaly-name">
          <strong title={env === null ? service : `${service} in ${env}`}>{service}</strong> <span className="muted">{metric}</span>
        </span>
        <span className="id-tag" title="How sure the detector is that this is unusual, 0 to 100">
          score {Math.round(score * 100)}
        </span>
      </div>
      <p className="home-anomaly-value">
        <Icon name={directionIcons[direction]} tone={tone} />
        <strong>{formatSignal(signal, value)}</strong>
        <span className="muted">
          usually {formatSignal(signal, expected)} ({formatDeviation(anomaly)})
        </span>
      </p>
      <Sparkline
        points={points}
        fromSec={anomaly.beganMs / 1000}
        toSec={toSec}
        expected={expected}
        tone={tone}
        summary={`${metric} of ${service}: ${formatSignal(signal, value)} at its farthest, usually ${formatSignal(signal, expected)}.`}
      />
      <When anomaly={anomaly} />
      <p className="muted small home-reason">{sentence(reason)}</p>
      <div className="home-anomaly-actions">
        <Button label="Investigate" icon="search" title={`Investigate ${service}`} onPress={() => send('investigateService', { id })} />
        {link === null ? null : (
          <IconButton label={`Open ${metric} of ${service} in Datadog`} icon="link-external" onPress={() => send('openAnomaly', { id })} />
        )}
        <IconButton label={`Copy query for ${metric} of ${service}`} icon="copy" onPress={() => send('copyQuery', { id })} />
      </div>
    </article>
  );
}

function When({ anomaly: { beganMs, endedMs } }: { readonly anomaly: ServiceAnomaly }) {
  const nowMs = useNow(30_000);
  if (endedMs !== null)
    return (
      <p className="small" title={formatDateTime(beganMs)}>
        {formatTime(beganMs)} to {formatTime(endedMs)}, {formatDuration(endedMs - beganMs)} long
      </p>
    );
  const wholeMin = Math.max(1, Math.round((nowMs - beganMs) / 60_000));
  return (
    <p className="small" title={formatDateTime(beganMs)}>
      since {formatTime(beganMs)}, for {formatDuration(wholeMin * 60_000)}
    </p>
  );
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/[.\s]+$/, '')}.`;
