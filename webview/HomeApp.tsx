import { useEffect, useReducer } from 'react';
import { ErrorBoundary } from './ErrorBoundary';
import { initialHome, reduceHome } from './homeState';
import { HomeApiContext, useHomeChannel } from './hooks/useHomeApi';
import type { Host } from './host';
import { Absent } from './ui/Absent';
import { Home } from './views/Home';

/** Home: a function of the last snapshot and of what the view remembers. */
export function HomeApp({ host }: { readonly host: Host }) {
  const [state, dispatch] = useReducer(reduceHome, undefined, () => initialHome(host.load()));
  const send = useHomeChannel(host, dispatch);
  const { memory, snapshot, announcement } = state;
  useEffect(() => host.save(memory), [host, memory]);
  return (
    <HomeApiContext value={send}>
      <div className="unseen" role="status" aria-live="polite">
        {announcement}
      </div>
      {snapshot ? (
        <ErrorBoundary resetKey={snapshot.survey.report?.takenAtMs ?? 0} onShowLog={() => send('showLog', {})}>
          <Home snapshot={snapshot} env={memory.env} onChooseEnv={(env) => dispatch({ kind: 'chooseEnv', env })} />
        </ErrorBoundary>
      ) : (
        <main className="page">
          <h1 className="unseen">AIDog Home</h1>
          <Absent status="running" icon="home" awaited="Opening Home…" none="" />
        </main>
      )}
    </HomeApiContext>
  );
}
