import assert from 'node:assert/strict';
import { AppError, cancelled } from '../../../../src/domain/errors';
import { Fixes } from '../../../../src/ui/fix/fixes';
import { createRedactor } from '../../../../src/ui/log';
import { sampleFix } from '../../../fakes/sampleFix';
import { FakeStore } from '../../../fakes/vscodeParts';

const problems: unknown[] = [];
const open = (memento = new FakeStore(), redactor = createRedactor()) => ({
  memento,
  fixes: new Fixes(memento as never, redactor, (error) => problems.push(error)),
});

describe('the drafted fixes of a workspace', () => {
  it('are there again after a reload', () => {
    const { fixes, memento } = open();
    fixes.add(sampleFix());
    fixes.update('fix-1', { tests: { command: 'npm test', exitCode: 0, fingerprint: 'one' } });
    assert.deepEqual(open(memento).fixes.all, fixes.all);
    fixes.remove('fix-1');
    assert.deepEqual([open(memento).fixes.all, memento.values.size], [[], 0]);
  });

  for (const kept of [
    '{',
    '[{"id":"x"}]',
    '[1]',
    7,
    JSON.stringify([{ ...sampleFix(), branch: 'main' }]),
    JSON.stringify([{ ...sampleFix(), start: null }]),
  ])
    it(`are none when what was kept is ${JSON.stringify(kept).slice(0, 30)}`, () => {
      const memento = new FakeStore();
      memento.values.set('aidog.fixes', kept);
      assert.deepEqual(open(memento).fixes.all, []);
    });

  it('carry out one step at a time, and say which', async () => {
    const { fixes } = open();
    fixes.add(sampleFix());
    const { promise, resolve: finish } = Promise.withResolvers<{ branch: string }>();
    const first = fixes.carryOut('fix-1', 'tests', () => promise);
    let isSecondRun = false;
    await fixes.carryOut('fix-1', 'commit', async () => {
      isSecondRun = true;
      return {};
    });
    assert.deepEqual([fixes.running('fix-1'), isSecondRun], ['tests', false]);
    finish({ branch: 'aidog/other' });
    await first;
    assert.deepEqual([fixes.running('fix-1'), fixes.get('fix-1')?.branch], [null, 'aidog/other']);
  });

  it('keep what went wrong until that step succeeds', async () => {
    const { fixes } = open();
    fixes.add(sampleFix());
    const fail = async () => {
      throw new AppError('unreachable', 'No network.');
    };
    await assert.rejects(fixes.carryOut('fix-1', 'push', fail), { message: 'No network.' });
    const failure = { step: 'push', message: 'No network.', output: '' };
    await fixes.carryOut('fix-1', 'tests', async () => ({}));
    await fixes.carryOut('fix-1', 'push', async () => null);
    assert.deepEqual(fixes.get('fix-1')?.failure, failure);
    await fixes.carryOut('fix-1', 'push', async () => ({}));
    assert.equal(fixes.get('fix-1')?.failure, null);
  });

  it('take a step that was called off for none that went wrong', async () => {
    const { fixes } = open();
    fixes.add(sampleFix());
    await assert.rejects(
      fixes.carryOut('fix-1', 'push', async () => {
        throw cancelled();
      }),
    );
    assert.deepEqual([fixes.get('fix-1')?.failure, fixes.running('fix-1')], [null, null]);
  });

  it('tell of every change, and are twenty at most', () => {
    const { fixes } = open();
    let changes = 0;
    fixes.onDidChange(() => {
      changes += 1;
    });
    for (let at = 0; at < 25; at += 1) fixes.add(sampleFix({ id: `fix-${at}` }));
    assert.deepEqual([changes, fixes.all.length, fixes.all[0]?.id], [25, 20, 'fix-24']);
    fixes.update('unknown', { branch: 'aidog/x' });
    assert.equal(changes, 25);
  });

  it('never keep a secret', () => {
    const redactor = createRedactor();
    redactor.hide('ghp_canary');
    const { fixes, memento } = open(new FakeStore(), redactor);
    fixes.add(sampleFix({ failure: { step: 'push', message: 'https://ghp_canary@host', output: 'ghp_canary' } }));
    assert.doesNotMatch(JSON.stringify([...memento.values]), /canary/);
  });
});
