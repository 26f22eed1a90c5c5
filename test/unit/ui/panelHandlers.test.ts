import assert from 'node:assert/strict';
import type { Evidence } from '../../../src/domain/evidence';
import type { WorkingTreeLocation } from '../../../src/domain/frame';
import type { Investigation, Step } from '../../../src/domain/investigation';
import type { Run } from '../../../src/ui/investigations';
import { createPanelHandlers } from '../../../src/ui/panelHandlers';
import { beginSnapshot } from '../../../src/ui/snapshotState';
import { sampleInvestigation, sha } from '../../fakes/sampleInvestigation';
import { fake } from '../../fakes/vscode';

const settled = () => new Promise(setImmediate);
const [sampleEvidence] = sampleInvestigation('/w').evidence;
const [sampleStep] = sampleInvestigation('/w').steps;
const evidence = (changes: Partial<Evidence>): Evidence => ({ ...sampleEvidence!, ...changes });
const step = (changes: Partial<Step>): Step => ({ ...sampleStep!, ...changes });

function open(found: Partial<Investigation> | null = sampleInvestigation('/w')) {
  fake.reset();
  const did: unknown[][] = [];
  const problems: unknown[] = [];
  const remembered: unknown[] = [];
  const run: Run | null = found && {
    target: { kind: 'monitor', id: 1 },
    subject: 'Checkout',
    repositories: ['/w'],
    link: null,
    snapshot: { ...beginSnapshot('run', 'Checkout', 0), found },
  };
  const handlers = createPanelHandlers({
    shown: () => run,
    opener: {
      async open(place: WorkingTreeLocation | null, deployed: string | null) {
        did.push(['open', place && `${place.path}:${place.line}`, deployed]);
        return true;
      },
      dispose: () => undefined,
    },
    foldersOf: () => ['/trusted'],
    commits: { open: async (asked, repositories) => void did.push(['commit', asked, ...repositories]), dispose: () => undefined },
    report: { problem: (error) => void problems.push(error), refuse: (sentence) => void did.push(['refuse', sentence]) },
    investigations: {
      cancel: (runId) => void did.push(['cancel', runId]),
      start: (request) => {
        did.push(['start', request.subject, ...request.repositories]);
        return request as Run;
      },
    },
    showLog: () => void did.push(['showLog']),
    draftFix: async (of, id) => void did.push(['draftFix', of.subject, id]),
    watchForecast: (id) => void did.push(['watchForecast', id]),
    memory: {
      judge: async (_run, judgement) => void remembered.push(judgement),
      record: (_run, deed) => void remembered.push(deed),
    },
    mediaDir: '/media',
    showLastPrompt: async () => void did.push(['showLastPrompt']),
  });
  return { handlers, did, problems, remembered };
}

describe('what the panel asks for', () => {
  it('opens the place of a hypothesis', () => {
    const { handlers, did } = open();
    handlers.openHypothesis({ id: 'H1' });
    assert.deepEqual(did, [['open', 'src/cart.js:3', 'src/cart.js:3']]);
  });

  it('keeps what the person says of the cause, and what they did: a step that was opened, a fix that was begun', () => {
    const { handlers, remembered } = open();
    handlers.judgeCause({ isRight: true });
    handlers.judgeCause({ isRight: false });
    handlers.openStep({ id: 'S1' });
    handlers.draftFix({ id: 'H1' });
    handlers.openStep({ id: 'S404' });
    handlers.draftFix({ id: 'H404' });
    assert.deepEqual(remembered, [
      'right',
      'wrong',
      { deed: 'execute', subject: 'step', kind: 'open_code', title: 'Look' },
      { deed: 'execute', subject: 'hypothesis', kind: 'code_change' },
    ]);
  });

  it('says which forecast is in view, and that none is', () => {
    const { handlers, did } = open();
    handlers.watchForecast({ id: 'F1' });
    handlers.watchForecast({ id: null });
    assert.deepEqual(did, [
      ['watchForecast', 'F1'],
      ['watchForecast', null],
    ]);
  });

  it('opens and copies what a hypothesis wants to be looked at next', async () => {
    const [hypothesis] = sampleInvestigation('/w').hypotheses;
    const nextQuery = { title: 'Errors', source: 'logs' as const, query: 'status:error', link: 'https://app.datadoghq.com/logs' };
    const { handlers } = open({ hypotheses: [{ ...hypothesis!, nextQuery }] });
    handlers.openNextQuery({ id: 'H1' });
    handlers.copyNextQuery({ id: 'H1' });
    handlers.openNextQuery({ id: 'H2' });
    await settled();
    assert.deepEqual([fake.opened, fake.clipboard], [['https://app.datadoghq.com/logs'], 'status:error']);
  });

  it("opens a runbook of the workspace, one of AIDog's own, and says of one that is no file that there is nothing to open", () => {
    const hit = {
      id: 'K1',
      origin: 'workspace' as const,
      title: 'Checkout',
      section: 'Roll back',
      path: 'runbooks/checkout.md',
      root: '/w',
      line: 12,
      excerpt: '',
      score: 1,
      matched: [],
    };
    const { handlers, did } = open({
      runbooks: [
        hit,
        { ...hit, id: 'K2', origin: 'bundled', root: null, path: 'runbooks/disk_space.md', line: 1 },
        { ...hit, id: 'K3', origin: 'learned', root: null, path: null },
      ],
    });
    for (const id of ['K1', 'K2', 'K3', 'K4']) handlers.openRunbook({ id });
    assert.deepEqual(did, [
      ['open', 'runbooks/checkout.md:12', 'runbooks/checkout.md'],
      ['open', 'runbooks/disk_space.md:1', 'runbooks/disk_space.md'],
      ['open', null, null],
    ]);
  });

  it('copies the tests of a fix in the shape that TestSprite reads', async () => {
    const cases = [{ id: 'TC001', title: 'a', description: 'b', category: 'c', priority: 'High' as const, steps: ['d'] }];
    const { handlers } = open({ testPlan: { title: 'Fix', cases, evidence: [] } });
    handlers.copyTestPlan({});
    await settled();
    assert.deepEqual(JSON.parse(fake.clipboard), cases);
  });

  it('shows what a model was sent last', () => {
    const { handlers, did } = open();
    handlers.showLastPrompt({});
    assert.deepEqual(did, [['showLastPrompt']]);
  });

  it('drafts a fix for a hypothesis of the run that is shown', () => {
    const { handlers, did } = open();
    handlers.draftFix({ id: 'H1' });
    assert.deepEqual(did, [['draftFix', 'Checkout', 'H1']]);
    const without = open(null);
    without.handlers.draftFix({ id: 'H1' });
    assert.deepEqual(without.did, []);
  });

  it('opens a frame of a stack, also one that is not in the workspace, so that the reason is said', () => {
    const [exception] = sampleEvidence!.stack!;
    const foreign = { ...exception!.frames[0]!, workspace: null, file: '/usr/lib/x.js', line: null };
    const { handlers, did } = open({ evidence: [evidence({ stack: [{ ...exception!, frames: [...exception!.frames, foreign] }] })] });
    handlers.openFrame({ evidenceId: 'E1', exception: 0, frame: 0 });
    handlers.openFrame({ evidenceId: 'E1', exception: 0, frame: 1 });
    assert.deepEqual(did, [
      ['open', 'src/cart.js:3', '/app/src/cart.js:3'],
      ['open', null, '/usr/lib/x.js'],
    ]);
  });

  it('opens the page of an evidence in the browser', async () => {
    const { handlers } = open();
    handlers.openEvidence({ id: 'E1' });
    await settled();
    assert.deepEqual(fake.opened, ['https://app.datadoghq.com/logs?query=x']);
  });

  for (const link of ['command:workbench.action.quit', 'javascript:alert(1)', 'file:///etc/passwd', 'vscode://x', 'not a link']) {
    it(`never follows the link ${link}`, async () => {
      const { handlers, did } = open({
        evidence: [evidence({ link, stack: undefined })],
        steps: [step({ link, action: 'open_link', evidence: [], hypothesis: null })],
      });
      handlers.openEvidence({ id: 'E1' });
      handlers.openStep({ id: 'S1' });
      await settled();
      assert.deepEqual([fake.opened, fake.executed], [[], []]);
      assert.deepEqual(
        did.map(([name]) => name),
        ['refuse', 'refuse'],
      );
    });
  }

  it('opens the first frame in the workspace of an evidence that has no page', () => {
    const { handlers, did } = open({ evidence: [evidence({ link: null })] });
    handlers.openEvidence({ id: 'E1' });
    assert.deepEqual(did, [['open', 'src/cart.js:3', '/app/src/cart.js:3']]);
  });

  it('opens the commit that an evidence is about', () => {
    const { handlers, did } = open({ evidence: [evidence({ kind: 'commit', value: { sha, files: 2 } })] });
    handlers.openEvidence({ id: 'E1' });
    assert.deepEqual(did, [['commit', sha, '/trusted']]);
  });

  const steps: [string, Partial<Step>, unknown[]][] = [
    ['goes to the code of its hypothesis', { action: 'open_code', link: 'https://x.example' }, ['open', 'src/cart.js:3', 'src/cart.js:3']],
    ['goes to the commit that it names', { action: 'roll_back', evidence: [sha], hypothesis: null }, ['commit', sha, '/trusted']],
    ['goes to its hypothesis when nothing else is named', { action: 'verify', evidence: [] }, ['open', 'src/cart.js:3', 'src/cart.js:3']],
    [
      'says so when there is nothing to open',
      { action: 'contact', evidence: ['E9'], hypothesis: null },
      ['refuse', 'There is nothing to open for this step.'],
    ],
  ];
  for (const [title, changes, expected] of steps) {
    it(`for a step, ${title}`, async () => {
      const { handlers, did } = open({ ...sampleInvestigation('/w'), steps: [step(changes)] });
      handlers.openStep({ id: 'S1' });
      await settled();
      assert.deepEqual(did, [expected]);
    });
  }

  it('opens only commits that the investigation named', () => {
    const { handlers, did } = open();
    handlers.openCommit({ sha: 'b'.repeat(40) });
    handlers.openCommit({ sha: '--output=x' });
    assert.deepEqual(did, []);
    handlers.openCommit({ sha });
    assert.deepEqual(did, [['commit', sha, '/trusted']]);
  });

  it('copies queries and the report', async () => {
    const { handlers } = open();
    handlers.copyQuery({ id: 'E1' });
    await settled();
    assert.equal(fake.clipboard, 'service:checkout status:error');
    handlers.copyReport({});
    await settled();
    assert.match(fake.clipboard, /^# Checkout fails/);
  });

  it('cancels and repeats the run that it shows, and shows the log', () => {
    const { handlers, did } = open();
    handlers.cancel({});
    handlers.runAgain({});
    handlers.showLog({});
    assert.deepEqual(did, [['cancel', 'run'], ['start', 'Checkout', '/trusted'], ['showLog']]);
  });

  it('does nothing for ids that the snapshot does not have, or before there is one', async () => {
    for (const { handlers, did, problems } of [open(), open({}), open(null)]) {
      for (const id of ['H9', '', '__proto__', 'constructor', '../..']) {
        handlers.openHypothesis({ id });
        handlers.openFrame({ evidenceId: id, exception: 0, frame: 0 });
        handlers.openEvidence({ id });
        handlers.openStep({ id });
        handlers.openCommit({ sha: id });
        handlers.copyQuery({ id });
      }
      handlers.openFrame({ evidenceId: 'E1', exception: 9, frame: 9 });
      await settled();
      assert.deepEqual([did, problems, fake.clipboard, fake.opened], [[], [], '', []]);
    }
  });
});
