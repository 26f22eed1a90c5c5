import assert from 'node:assert/strict';
import type { WorkingTreeLocation } from '../../../src/domain/frame';
import type { Investigation } from '../../../src/domain/investigation';
import { createActions, offendingHypothesis } from '../../../src/ui/actions';
import { Investigations, type Run } from '../../../src/ui/investigations';
import type { Investigator } from '../../../src/ui/investigator';
import { createFakeEngine, sampleIncident, sampleInvestigation } from '../../fakes/sampleInvestigation';
import { fake } from '../../fakes/vscode';

const silent = { info: () => undefined, error: () => undefined };

function open(found: Partial<Investigation> | null = sampleInvestigation('/w'), link: string | null = null) {
  fake.reset();
  const did: unknown[][] = [];
  const note =
    (name: string) =>
    async (...args: unknown[]) =>
      void did.push([name, ...args]);
  const engine = createFakeEngine({});
  const investigations = new Investigations(engine, { nowMs: () => 0 }, silent);
  const run = found && investigations.start({ target: { kind: 'monitor', id: 1 }, subject: 'Checkout', repositories: [], link });
  if (run) engine.tell(run.snapshot.runId, { kind: 'found', found });
  const investigator = {
    again: ({ subject }: Run) => did.push(['again', subject]),
    incident: ({ title }: { title: string }) => did.push(['incident', title]),
    chooseIncident: note('chooseIncident'),
    chooseMonitor: note('chooseMonitor'),
    demo: note('demo'),
  };
  const actions = createActions({
    investigations,
    investigator: investigator as unknown as Investigator,
    view: { refresh: note('refresh') },
    opener: {
      open: async (place: WorkingTreeLocation | null, deployed: string | null) => did.push(['open', place?.path ?? null, deployed]) > 0,
      dispose: () => undefined,
    },
    report: { problem: note('problem'), refuse: (sentence) => void did.push(['refuse', sentence]) },
    shown: () => investigations.latest,
    show: ({ subject }) => void did.push(['show', subject]),
    panel: { reveal: (tab, id) => void did.push(['reveal', tab, id]) },
    configure: note('configure'),
    doctor: note('doctor'),
    showLog: note('showLog'),
    showHotPaths: note('hotPaths'),
    openHome: () => void did.push(['openHome']),
  });
  return { actions, did, investigations, runId: run?.snapshot.runId ?? '' };
}

describe('the commands', () => {
  it('open Home, whatever they are handed', async () => {
    const { actions, did } = open();
    await actions.openHome({ kind: 'anomalies' });
    assert.deepEqual(did, [['openHome']]);
  });

  it('investigate the incident of a row, else let one be chosen', async () => {
    const { actions, did } = open();
    await actions.investigateIncident({ kind: 'incident', incident: sampleIncident(4) });
    await actions.investigateIncident(undefined);
    await actions.investigateMonitor(undefined);
    assert.deepEqual(did, [['incident', 'Monitor 4'], ['chooseIncident'], ['chooseMonitor']]);
  });

  it('try the demo, of a given name or one to choose', async () => {
    const { actions, did } = open();
    await actions.tryDemo('errors');
    await actions.tryDemo({ odd: true });
    assert.deepEqual(did, [
      ['demo', 'errors'],
      ['demo', null],
    ]);
  });

  it('open the offending file of the run that is shown', async () => {
    const { actions, did } = open();
    await actions.openOffendingFile(undefined);
    assert.deepEqual(did, [['open', 'src/cart.js', 'src/cart.js:3']]);
  });

  it('open the first place that lies in the workspace, and say where it was when none does', async () => {
    const [hypothesis] = sampleInvestigation('/w').hypotheses;
    const foreign = { ...hypothesis!, id: 'H0', workspace: null };
    const { actions, did } = open({ hypotheses: [foreign, hypothesis!] });
    await actions.openOffendingFile(undefined);
    assert.equal(did[0]![1], 'src/cart.js');
    const without = open({ hypotheses: [foreign] });
    await without.actions.openOffendingFile(undefined);
    assert.deepEqual(without.did, [['open', null, 'src/cart.js:3']]);
  });

  it('refuse politely before anything was investigated', async () => {
    const { actions, did } = open(null);
    for (const name of ['openOffendingFile', 'showInvestigation', 'showEvidence', 'cancel', 'runAgain', 'copyReport'] as const)
      await actions[name](undefined);
    assert.deepEqual(
      did.map(([kind]) => kind),
      Array.from({ length: 6 }, () => 'refuse'),
    );
    assert.match(String(did[0]![1]), /Nothing has been investigated yet/);
    await actions.openInDatadog(undefined);
    assert.match(String(did[6]![1]), /no page in Datadog/);
  });

  it('show the run of a row or of an id, else the one that is shown', async () => {
    const { actions, did, runId } = open();
    await actions.showInvestigation(runId);
    await actions.showInvestigation('unknown');
    assert.deepEqual(did, [
      ['show', 'Checkout'],
      ['show', 'Checkout'],
    ]);
  });

  it('lead from a lens to the hypothesis about its file, else to the evidence, else to the tab', async () => {
    const { actions, did, runId } = open();
    await actions.showEvidence({ runId, file: '/w/src/cart.js' });
    assert.deepEqual(did.at(-1), ['reveal', 'hypotheses', 'H1']);
    await actions.showEvidence({ runId, file: '/w/src/other.js' });
    assert.deepEqual(did.at(-1), ['reveal', 'evidence', null]);
    const other = open({ ...sampleInvestigation('/w'), hypotheses: [] });
    await other.actions.showEvidence({ runId: other.runId, file: '/w/src/cart.js' });
    assert.deepEqual(other.did.at(-1), ['reveal', 'evidence', 'E1']);
  });

  it('cancel what runs, and say so when nothing does', async () => {
    const { actions, did, investigations, runId } = open();
    await actions.cancel(undefined);
    await investigations.ended(investigations.get(runId)!);
    assert.equal(investigations.get(runId)?.snapshot.status, 'cancelled');
    await actions.cancel(undefined);
    assert.deepEqual(did, [['refuse', 'No investigation is running.']]);
  });

  it('copy the report and say so without a notification', async () => {
    const { actions } = open();
    await actions.copyReport(undefined);
    assert.match(fake.clipboard, /^# Checkout fails/);
    assert.deepEqual([fake.statusMessages, fake.messages], [['Report copied as Markdown'], []]);
  });

  it('open the page in Datadog of a row, else of the run that is shown', async () => {
    const { actions } = open({}, 'https://app.datadoghq.com/monitors/1');
    await actions.openInDatadog({ kind: 'incident', incident: sampleIncident(9) });
    await actions.openInDatadog(undefined);
    assert.deepEqual(fake.opened, ['https://app.datadoghq.com/monitors/9', 'https://app.datadoghq.com/monitors/1']);
  });

  it('repeat, refresh, configure and show the log', async () => {
    const { actions, did } = open();
    for (const name of ['runAgain', 'refresh', 'refreshHotPaths', 'configureDatadog', 'doctor', 'showLog'] as const)
      await actions[name](undefined);
    assert.deepEqual(
      did.map(([kind]) => kind),
      ['again', 'refresh', 'hotPaths', 'configure', 'doctor', 'showLog'],
    );
  });

  it('know of no offending place in a run without hypotheses', () => {
    const { investigations, runId } = open({});
    assert.equal(offendingHypothesis(investigations.get(runId)!), null);
  });
});
