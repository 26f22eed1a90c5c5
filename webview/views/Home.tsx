import type { HomeSnapshot } from '../../src/protocol/homeApi';
import { choosableEnvs, homeRows } from '../homeRows';
import { HomeAlerts } from './HomeAlerts';
import { HomeAnomalies } from './HomeAnomalies';
import { HomeHeader } from './HomeHeader';
import { HomeProblems } from './HomeProblems';
import { HomeServices } from './HomeServices';
import { HomeWelcome } from './HomeWelcome';

export interface HomeProps {
  readonly snapshot: HomeSnapshot;
  /** The chosen environment; null for all. */
  readonly env: string | null;
  readonly onChooseEnv: (env: string | null) => void;
}

/** What is wrong now, what is unusual, and how every service stands, on one page. */
export function Home({ snapshot, env, onChooseEnv }: HomeProps) {
  if (snapshot.account === 'missing') return <HomeWelcome />;
  const envs = choosableEnvs(snapshot);
  // An environment that is no longer seen must not hide everything.
  const shownEnv = env !== null && envs.includes(env) ? env : null;
  const rows = homeRows(snapshot, shownEnv);
  return (
    <div className="page home">
      <HomeHeader snapshot={snapshot} rows={rows} envs={envs} env={shownEnv} onChooseEnv={onChooseEnv} />
      <main className="home-parts">
        <HomeAlerts alerts={snapshot.alerts} shown={rows.alerts} />
        <HomeAnomalies snapshot={snapshot} rows={rows} />
        <HomeServices snapshot={snapshot} rows={rows.services} />
        <HomeProblems problems={snapshot.survey.report?.problems ?? []} />
      </main>
    </div>
  );
}
