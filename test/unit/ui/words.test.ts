import assert from 'node:assert/strict';
import { STAGES } from '../../../src/domain/investigation';
import { beginSnapshot } from '../../../src/ui/snapshotState';
import { ageWords, monitorStateWords, runWords, stageWords, verdictWords } from '../../../src/ui/words';

const begun = beginSnapshot('run', 'x', 0);

describe('words for a person', () => {
  it('exist for every stage, verdict and state, each its own', () => {
    const verdicts = (['code', 'configuration', 'infrastructure', 'external', 'healthy', 'inconclusive'] as const).map(verdictWords);
    const states = (['Alert', 'Warn', 'No Data', 'OK', 'Ignored', 'Skipped', 'Unknown'] as const).map(monitorStateWords);
    for (const words of [STAGES.map(stageWords), verdicts, states]) assert.equal(new Set(words.filter(Boolean)).size, words.length);
  });

  it('say how a run stands', () => {
    assert.equal(runWords(begun), 'starting');
    assert.equal(runWords({ ...begun, stages: [{ stage: 'perceive', status: 'running', note: '' }] }), 'reading signals');
    assert.equal(runWords({ ...begun, status: 'failed' }), 'failed');
    assert.equal(runWords({ ...begun, status: 'cancelled' }), 'cancelled');
    assert.equal(runWords({ ...begun, status: 'done', found: { verdict: 'external' } }), 'external cause');
    assert.equal(runWords({ ...begun, status: 'done' }), 'inconclusive');
  });

  it('say how long ago something was, in one unit', () => {
    const minute = 60_000;
    const ages = [0, 12 * minute, 59 * minute, 90 * minute, 47 * 60 * minute, 72 * 60 * minute].map((age) => ageWords(0, age));
    assert.deepEqual(ages, ['now', '12 min. ago', '59 min. ago', '2 hr. ago', '47 hr. ago', '3 days ago']);
  });

  it('do not speak of the future when clocks differ', () => assert.equal(ageWords(60_000 * 9, 0), ageWords(0, 0)));
});
