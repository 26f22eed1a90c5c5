import { formatAge, formatDateTime, formatPlural } from '../../src/domain/format';
import type { HomeSnapshot } from '../../src/protocol/homeApi';
import { type HomeRows, isTroubled } from '../homeRows';
import { useHomeApi } from '../hooks/useHomeApi';
import { useNow } from '../hooks/useNow';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { Notice } from '../ui/Notice';
import { Select } from '../ui/Select';
import { WorkBar } from '../ui/WorkBar';
import type { Tone } from '../words';

export interface HomeHeaderProps {
  readonly snapshot: HomeSnapshot;
  readonly rows: HomeRows;
  /** Empty when there is no choice. */
  readonly envs: readonly string[];
  readonly env: string | null;
  readonly onChooseEnv: (env: string | null) => void;
}

/** How things stand in one line, as of when, and the way to look again. */
export function HomeHeader({ snapshot, rows, envs, env, onChooseEnv }: HomeHeaderProps) {
  const send = useHomeApi();
  const { status, progress } = snapshot.survey;
  const { text, icon, tone } = headline(snapshot, rows);
  return (
    <header className="header home-header">
      <div className="header-top">
        <h1>
          <span className="unseen">AIDog Home: </span>
          <Icon name={icon} tone={tone} spin={icon === 'loading'} />
          <span>{text}</span>
        </h1>
        <div className="header-actions">
          {envs.length === 0 ? null : <EnvSelect envs={envs} env={env} onChoose={onChooseEnv} />}
          {status === 'running' ? null : <IconButton label="Look again" icon="refresh" onPress={() => send('refresh', {})} />}
        </div>
      </div>
      <Facts snapshot={snapshot} />
      {status === 'running' ? (
        <WorkBar doing={progress?.doing ?? 'Looking at the services'} share={progress?.share ?? null} onCancel={() => send('cancel', {})} />
      ) : null}
      <SurveyProblem snapshot={snapshot} />
    </header>
  );
}

interface Headline {
  readonly text: string;
  readonly icon: string;
  readonly tone: Tone;
}

/** The worst thing first; quiet is only said when everything was looked at. */
function headline({ alerts, survey }: HomeSnapshot, rows: HomeRows): Headline {
  const firing = rows.alerts.filter(({ state }) => state === 'Alert').length;
  const troubled = rows.services.filter(isTroubled).length;
  const parts = [
    firing === 0 ? '' : formatPlural(firing, 'alert'),
    troubled === 0 ? '' : `${formatPlural(troubled, 'service')} in trouble`,
    firing + troubled === 0 && rows.ongoing.length > 0 ? formatPlural(rows.ongoing.length, 'anomaly', 'anomalies') : '',
  ].filter((part) => part !== '');
  if (parts.length > 0) return { text: parts.join(', '), icon: 'flame', tone: firing + troubled > 0 ? 'bad' : 'warn' };
  if (survey.report === null) {
    if (survey.status === 'running' || alerts.status === 'waiting') return { text: 'Looking around', icon: 'loading', tone: 'info' };
    return { text: 'Not looked at yet', icon: 'question', tone: 'neutral' };
  }
  if (rows.services.length === 0) return { text: 'No services seen', icon: 'question', tone: 'neutral' };
  if (alerts.status === 'failed' || survey.status === 'failed') return { text: 'Partly unknown', icon: 'question', tone: 'neutral' };
  return { text: 'All quiet', icon: 'pass', tone: 'good' };
}

const ALL = 'all environments';

function EnvSelect({ envs, env, onChoose }: { envs: readonly string[]; env: string | null; onChoose: (env: string | null) => void }) {
  // No environment's name begins with a colon.
  const options = [{ value: `:${ALL}`, text: 'All environments' }, ...envs.map((name) => ({ value: name, text: name }))];
  return (
    <Select
      label="Environment"
      options={options}
      value={env ?? `:${ALL}`}
      onChoose={(value) => onChoose(value.startsWith(':') ? null : value)}
    />
  );
}

function Facts({ snapshot: { survey, hours } }: { readonly snapshot: HomeSnapshot }) {
  const nowMs = useNow(15_000);
  const { report } = survey;
  if (report === null) return null;
  return (
    <div className="meta small">
      <span title={formatDateTime(report.takenAtMs)}>as of {formatAge(report.takenAtMs, nowMs)}</span>
      <span>last {formatPlural(hours, 'hour')}</span>
      <span>{formatPlural(report.services.length, 'service')}</span>
      <span>{formatPlural(report.seriesCount, 'series', 'series')} looked at</span>
      {report.env === null ? null : <span>{report.env}</span>}
    </div>
  );
}

function SurveyProblem({ snapshot: { survey } }: { readonly snapshot: HomeSnapshot }) {
  const send = useHomeApi();
  if (survey.status !== 'failed' && survey.status !== 'cancelled') return null;
  const again = <Button label="Look again" icon="refresh" isPrimary onPress={() => send('refresh', {})} />;
  const kept = survey.report === null ? '' : ' What is shown is from the look before.';
  if (survey.status === 'cancelled')
    return (
      <Notice tone="warn" actions={again}>
        The look at the services was cancelled.{kept}
      </Notice>
    );
  const actions = (
    <>
      {again}
      <Button label="Find out why" onPress={() => send('doctor', {})} />
      <Button label="Show log" onPress={() => send('showLog', {})} />
    </>
  );
  return (
    <Notice tone="bad" actions={actions}>
      {survey.problem ?? 'The look at the services failed.'}
      {kept}
    </Notice>
  );
}
