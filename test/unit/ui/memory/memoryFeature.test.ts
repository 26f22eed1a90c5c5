import assert from 'node:assert/strict';
import type { Run } from '../../../../src/ui/investigations';
import { createMemoryFeature } from '../../../../src/ui/memory/memoryFeature';
import { createFakeEngine, sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { fake } from '../../../fakes/vscode';
import { withModel } from '../../../fixtures/modelRun';

const snapshot: Run['snapshot'] = { ...withModel, runId: 'r', status: 'done', found: sampleInvestigation('/shop') };
const live: Run = { target: { kind: 'monitor', id: 1 }, subject: 'Checkout', repositories: [], link: null, snapshot };
const demo: Run = { ...live, target: { kind: 'recording', dir: '/media/demo/recordings/x' } };

function open(run: Run | null = live) {
  fake.reset();
  const engine = createFakeEngine({ judgeCause: async () => null, recordDeed: async () => null, forgetLearned: async () => null });
  const kept: unknown[][] = [];
  const told: string[] = [];
  const report = { refuse: (sentence: string) => void told.push(sentence), problem: (error: unknown) => void told.push(String(error)) };
  const investigations = { keepJudgement: (...args: unknown[]) => void kept.push(args) };
  const feature = createMemoryFeature({ engine, investigations, clock: { nowMs: () => 7 }, report, mediaDir: '/media', runOf: () => run });
  return { feature, engine, kept, told };
}

describe('learning from what a person says of a cause', () => {
  it('keeps the word as an outcome and as a deed, and shows it', async () => {
    const { feature, engine, kept } = open();
    await feature.judge(live, 'wrong');
    const [judged, deed] = engine.asked.map(({ params }) => params as Record<string, Record<string, unknown>>);
    assert.deepEqual([judged?.judgement?.runId, judged?.judgement?.atMs, judged?.judgement?.isRight], ['r', 7, false]);
    assert.deepEqual(
      [deed?.deed?.deed, deed?.deed?.subject, deed?.deed?.kind, deed?.deed?.incidentType],
      ['reject', 'hypothesis', 'code_change', 'error_burst'],
    );
    assert.equal(deed?.deed?.title, '');
    assert.deepEqual(kept, [['r', 'wrong']]);
  });

  it('learns nothing from the demo, and says so', async () => {
    const { feature, engine, kept } = open(demo);
    await feature.judge(demo, 'right');
    feature.record(demo, { deed: 'execute', subject: 'step', kind: 'run_query', title: 'Look' });
    assert.deepEqual(engine.asked, []);
    assert.deepEqual(kept, [['r', 'right']]);
    assert.deepEqual(fake.statusMessages, ['Noted; nothing is learned from the demo']);
  });

  it('takes no word on a run that is not done', async () => {
    const { feature, engine, kept } = open();
    await feature.judge({ ...live, snapshot: { ...snapshot, status: 'running' } }, 'right');
    assert.deepEqual([engine.asked, kept], [[], []]);
  });

  it('asks from the palette, and changes nothing on Escape', async () => {
    const { feature, kept } = open();
    fake.answers.push(undefined);
    await feature.commands.judgeCause(undefined);
    assert.deepEqual(kept, []);
    fake.answers.push('Yes, this was the cause');
    await feature.commands.judgeCause(undefined);
    assert.deepEqual(kept, [['r', 'right']]);
  });

  it('says what to do before there is a cause', async () => {
    const { feature, told } = open(null);
    await feature.commands.judgeCause(undefined);
    assert.match(told[0] ?? '', /Investigate an incident to its end first/);
  });

  it('keeps a deed in the background, cut where its title has no end', async () => {
    const { feature, engine } = open();
    feature.record(live, { deed: 'execute', subject: 'step', kind: 'run_query', title: 'x'.repeat(1000) });
    const { params } = engine.asked[0] as { params: { deed: { title: string; service: string } } };
    assert.deepEqual([params.deed.title.length, params.deed.service], [300, 'checkout']);
  });

  it('forgets only when the person says so again', async () => {
    const { feature, engine } = open();
    for (const answer of [undefined, 'Forget']) {
      assert.deepEqual(engine.asked, []);
      fake.answers.push(answer);
      await feature.commands.forgetLearned(undefined);
    }
    assert.deepEqual(
      engine.asked.map(({ name }) => name),
      ['forgetLearned'],
    );
  });
});
