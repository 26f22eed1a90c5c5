import { useCallback, useMemo } from 'react';
import { type PanelTab, panelTabs } from '../src/protocol/panelApi';
import type { PanelSnapshot } from '../src/protocol/snapshot';
import { ErrorBoundary } from './ErrorBoundary';
import { type Opened, OpenedContext } from './hooks/useOpened';
import { type PanelApi, PanelApiContext, usePanelApi, usePanelChannel } from './hooks/usePanelApi';
import { usePersistedState } from './hooks/usePersistedState';
import { useScrollMemory } from './hooks/useScrollMemory';
import type { Host } from './host';
import type { PanelAction, PanelState } from './state';
import { Absent } from './ui/Absent';
import { type TabItem, Tabs } from './ui/Tabs';
import { AgentTrace } from './views/AgentTrace';
import { Evidence } from './views/Evidence';
import { Forecasts } from './views/Forecasts';
import { Header } from './views/Header';
import { Hypotheses } from './views/Hypotheses';
import { Overview } from './views/Overview';
import { Steps } from './views/Steps';
import { tabLabels } from './words';

/** The investigation panel: a function of the last snapshot and of what the view remembers. */
export function App({ host }: { readonly host: Host }) {
  const [state, dispatch] = usePersistedState(host);
  const send = usePanelChannel(host, dispatch);
  const show = useCallback((tab: PanelTab, id: string | null) => dispatch({ kind: 'show', tab, id }), [dispatch]);
  const api: PanelApi = useMemo(() => ({ send, show, reveal: state.reveal }), [send, show, state.reveal]);
  const { opened } = state.memory;
  const put = useCallback((name: string, isOpen: boolean) => dispatch({ kind: 'opened', name, isOpen }), [dispatch]);
  const openedHere: Opened = useMemo(() => ({ names: opened, put }), [opened, put]);
  return (
    <PanelApiContext value={api}>
      <div className="unseen" role="status" aria-live="polite">
        {state.announcement}
      </div>
      <OpenedContext value={openedHere}>
        {state.snapshot ? <Panel state={state} snapshot={state.snapshot} dispatch={dispatch} /> : <Waiting />}
      </OpenedContext>
    </PanelApiContext>
  );
}

const Waiting = () => (
  <main className="page">
    <h1 className="unseen">AIDog investigation</h1>
    <Absent status="running" icon="search" awaited="Waiting for the investigation…" none="" />
  </main>
);

interface PanelProps {
  readonly state: PanelState;
  readonly snapshot: PanelSnapshot;
  readonly dispatch: (action: PanelAction) => void;
}

function Panel({ state, snapshot, dispatch }: PanelProps) {
  const { tab } = state.memory;
  const { send, show } = usePanelApi();
  const tabsRef = useScrollMemory(state.memory, state.reveal, dispatch);
  return (
    <div className="page">
      <Header snapshot={snapshot} />
      <main>
        <div className="tabs-bar" ref={tabsRef}>
          <Tabs label="Parts of the investigation" items={tabItems(snapshot)} selected={tab} onSelect={(id) => show(id, null)} />
        </div>
        <div id={`tabpanel-${tab}`} className={`view view-${tab}`} role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <ErrorBoundary resetKey={`${snapshot.runId} ${tab}`} onShowLog={() => send('showLog', {})}>
            <View state={state} snapshot={snapshot} dispatch={dispatch} />
          </ErrorBoundary>
        </div>
      </main>
    </div>
  );
}

function View({ state, snapshot, dispatch }: PanelProps) {
  const { memory } = state;
  const remember = (part: Extract<PanelAction, { kind: 'remember' }>['memory']) => dispatch({ kind: 'remember', memory: part });
  switch (memory.tab) {
    case 'overview':
      return <Overview snapshot={snapshot} chartIndex={memory.chartIndex} onChooseChart={(chartIndex) => remember({ chartIndex })} />;
    case 'evidence':
      return <Evidence snapshot={snapshot} kind={memory.evidenceKind} onChooseKind={(evidenceKind) => remember({ evidenceKind })} />;
    case 'forecast':
      return <Forecasts snapshot={snapshot} chosenId={memory.forecastId} onChoose={(forecastId) => remember({ forecastId })} />;
    case 'hypotheses':
      return <Hypotheses snapshot={snapshot} />;
    case 'steps':
      return <Steps snapshot={snapshot} />;
    case 'trace':
      return <AgentTrace snapshot={snapshot} />;
  }
}

function tabItems({ found }: PanelSnapshot): readonly TabItem<PanelTab>[] {
  const counts: Readonly<Partial<Record<PanelTab, number>>> = {
    evidence: found.evidence?.length,
    forecast: found.forecasts?.length,
    hypotheses: found.hypotheses?.length,
    steps: found.steps?.length,
  };
  return panelTabs.map((id) => ({ id, text: tabLabels[id], count: counts[id] }));
}
