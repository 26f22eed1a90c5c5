import { formatAge, formatDateTime, formatDuration, formatPlural } from '../../src/domain/format';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { useNow } from '../hooks/useNow';
import { usePanelApi } from '../hooks/usePanelApi';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { Notice } from '../ui/Notice';
import { ProgressBar } from '../ui/ProgressBar';
import { severities, stageLabels, verdicts } from '../words';
import { StageStepper } from './StageStepper';

/** What is investigated, how it stands, and what can be done about that. */
export function Header({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const { incident } = snapshot.found;
  const title = incident?.title ?? snapshot.subject;
  return (
    <header className="header">
      <div className="header-top">
        <h1 title={title}>{title}</h1>
        <HeaderActions snapshot={snapshot} />
      </div>
      <Facts snapshot={snapshot} />
      {snapshot.status === 'running' ? <RunProgress snapshot={snapshot} /> : null}
      {snapshot.status === 'done' ? null : <StageStepper stages={snapshot.stages} />}
      {snapshot.status === 'failed' || snapshot.status === 'cancelled' ? <Problem snapshot={snapshot} /> : null}
    </header>
  );
}

function HeaderActions({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const { send } = usePanelApi();
  if (snapshot.status === 'running')
    return (
      <div className="header-actions">
        <Button label="Cancel" icon="debug-stop" onPress={() => send('cancel', {})} />
      </div>
    );
  if (snapshot.status !== 'done') return null;
  return (
    <div className="header-actions">
      <IconButton label="Copy report" icon="copy" onPress={() => send('copyReport', {})} />
      <IconButton label="Run again" icon="refresh" onPress={() => send('runAgain', {})} />
      <IconButton label="Show log" icon="output" onPress={() => send('showLog', {})} />
    </div>
  );
}

function Facts({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const { incident, verdict } = snapshot.found;
  return (
    <div className="facts">
      {incident ? <Badge label={severities[incident.severity] ?? severities.unknown} what="Severity" /> : null}
      {verdict && snapshot.status === 'done' ? <Badge label={verdicts[verdict] ?? verdicts.inconclusive} what="Verdict" /> : null}
      {incident?.service ? (
        <span className="fact fact-service" title={incident.service}>
          <Icon name="server-process" />
          <span className="clipped">{incident.service}</span>
        </span>
      ) : null}
      {incident?.startedAt ? <Since startedAt={incident.startedAt} /> : null}
      <RunFact snapshot={snapshot} />
    </div>
  );
}

/** Shorter work needs no bar. */
const briefMs = 1000;

/** How far a run is that takes longer than a glance; a stage that is at work counts half. */
function RunProgress({ snapshot: { stages, startedAtMs } }: { readonly snapshot: PanelSnapshot }) {
  const nowMs = useNow(500);
  if (nowMs - startedAtMs < briefMs) return null;
  const done = stages.filter(({ status }) => status === 'done').length;
  const current = stages.find(({ status }) => status === 'running');
  const text = current ? `${stageLabels[current.stage]}, stage ${done + 1} of ${stages.length}` : undefined;
  return <ProgressBar label="Progress of the investigation" share={(done + (current ? 0.5 : 0)) / stages.length} text={text} />;
}

/** Ages beyond this say less than the date beside them. */
const longestAgeMs = 7 * 24 * 3_600_000;

function Since({ startedAt }: { readonly startedAt: string }) {
  const nowMs = useNow(30_000);
  const startMs = Date.parse(startedAt);
  if (Number.isNaN(startMs)) return null;
  const isRecent = Math.abs(nowMs - startMs) < longestAgeMs;
  return (
    <span className="fact" title={startedAt}>
      <Icon name="clock" />
      <span>
        since {formatDateTime(startMs)}
        {isRecent ? ` (${formatAge(startMs, nowMs)})` : ''}
      </span>
    </span>
  );
}

function RunFact({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  if (snapshot.status === 'running') return <Elapsed startedAtMs={snapshot.startedAtMs} />;
  if (snapshot.endedAtMs === null) return null;
  const calls = snapshot.found.usage?.apiCalls;
  return (
    <span className="fact">
      <Icon name="pulse" />
      <span>
        {snapshot.status === 'done' ? 'done in' : 'ended after'} {formatDuration(snapshot.endedAtMs - snapshot.startedAtMs)}
        {calls === undefined ? '' : ` with ${formatPlural(calls, 'API call')}`}
      </span>
    </span>
  );
}

function Elapsed({ startedAtMs }: { readonly startedAtMs: number }) {
  const nowMs = useNow(1000);
  const wholeSec = Math.floor((nowMs - startedAtMs) / 1000);
  return (
    <span className="fact">
      <Icon name="pulse" />
      <span>{wholeSec < 1 ? 'just started' : `running for ${formatDuration(wholeSec * 1000)}`}</span>
    </span>
  );
}

function Problem({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const { send } = usePanelApi();
  const hasFailed = snapshot.status === 'failed';
  const actions = (
    <>
      <Button label="Run again" icon="refresh" isPrimary onPress={() => send('runAgain', {})} />
      <Button label="Show log" onPress={() => send('showLog', {})} />
    </>
  );
  return (
    <Notice tone={hasFailed ? 'bad' : 'warn'} actions={actions}>
      {snapshot.problem ?? (hasFailed ? 'The investigation failed.' : 'The investigation was cancelled.')}
    </Notice>
  );
}
