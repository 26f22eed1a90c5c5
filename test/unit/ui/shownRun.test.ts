import assert from 'node:assert/strict';
import { Investigations } from '../../../src/ui/investigations';
import { ShownRun } from '../../../src/ui/shownRun';
import { createFakeEngine } from '../../fakes/sampleInvestigation';

const silent = { info: () => undefined, error: () => undefined };
const request = (subject: string) => ({ target: { kind: 'monitor', id: 1 } as const, subject, repositories: [], link: null });

function open() {
  const engine = createFakeEngine({});
  const investigations = new Investigations(engine, { nowMs: () => 0 }, silent);
  const shown = new ShownRun(investigations);
  const heard: string[] = [];
  shown.onDidChange((run) => heard.push(run.subject));
  return { engine, investigations, shown, heard };
}

describe('the run that is shown', () => {
  it('is none at first and each new one from then on', () => {
    const { investigations, shown, heard } = open();
    assert.deepEqual([shown.run, heard], [null, []]);
    investigations.start(request('one'));
    investigations.start(request('two'));
    assert.equal(shown.run?.subject, 'two');
    assert.deepEqual(heard, ['one', 'two']);
  });

  it('can be an older one, which others do not push aside', async () => {
    const { engine, investigations, shown, heard } = open();
    const first = investigations.start(request('one'));
    const second = investigations.start(request('two'));
    await investigations.ended(first);
    shown.select(first);
    engine.tell(second.snapshot.runId, { kind: 'found', found: { verdict: 'code' } });
    assert.equal(shown.run?.subject, 'one');
    assert.deepEqual(heard, ['one', 'two', 'one']);
  });

  it('is told again when it changes', () => {
    const { engine, investigations, shown, heard } = open();
    const { runId } = investigations.start(request('one')).snapshot;
    engine.tell(runId, { kind: 'found', found: { verdict: 'code' } });
    assert.equal(shown.run?.snapshot.found.verdict, 'code');
    assert.deepEqual(heard, ['one', 'one']);
  });

  it('hears nothing more once disposed', () => {
    const { investigations, shown, heard } = open();
    shown.dispose();
    investigations.start(request('one'));
    assert.deepEqual(heard, []);
  });
});
