import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { AppError } from '../../../../src/domain/errors';
import { createHotPathSchedule } from '../../../../src/ui/editor/hotPathSchedule';
import { HotPaths } from '../../../../src/ui/editor/hotPaths';
import { hotPathReport } from '../../../fakes/hotPaths';
import { createFakeEngine } from '../../../fakes/sampleInvestigation';
import { changeSettings, fake, Uri, window, workspace } from '../../../fakes/vscode';
import { FakeDocument, FakeEditor } from '../../../fakes/vscodeParts';
import { connection, root, settled } from './setting';

const minute = 60_000;

describe('the schedule of looks at hot paths', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  function open({ hasKeys = true, answer = () => hotPathReport([]) as unknown } = {}) {
    fake.reset();
    const clock = { at: 0, nowMs: () => clock.at };
    const engine = createFakeEngine({ hotPaths: answer });
    const keys = { there: hasKeys };
    const hotPaths = new HotPaths({ engine, connection: async () => (keys.there ? connection : null), clock });
    workspace.workspaceFolders = [{ uri: Uri.file(root) }];
    const watch = (isWatched: boolean) => {
      const path = isWatched ? `${root}/a.js` : '/elsewhere/a.js';
      window.visibleTextEditors = [new FakeEditor(new FakeDocument(Uri.file(path), ''), {})];
    };
    watch(true);
    const schedule = createHotPathSchedule(hotPaths, clock);
    /** Lets time pass; says how often was looked so far. */
    const pass = async (ms: number) => {
      clock.at += ms;
      mock.timers.tick(ms);
      await settled();
      return engine.asked.length;
    };
    return { schedule, engine, keys, hotPaths, watch, pass };
  }

  it('looks soon, then at the interval of the settings', async () => {
    const { pass } = open();
    assert.equal(await pass(0), 0);
    assert.equal(await pass(2000), 1);
    assert.equal(await pass(9 * minute), 1);
    assert.equal(await pass(minute), 2);
  });

  it('does nothing while the window has no focus, and looks when it has it again and it is time', async () => {
    const { pass } = open();
    await pass(2000);
    window.state = { focused: false };
    fake.events.windowState.fire(window.state);
    assert.equal(await pass(60 * minute), 1);
    window.state = { focused: true };
    fake.events.windowState.fire(window.state);
    assert.equal(await pass(2000), 2);
    fake.events.windowState.fire(window.state);
    assert.equal(await pass(5 * minute), 2);
  });

  it('does nothing while no file of the workspace is in view', async () => {
    const { pass, watch } = open();
    watch(false);
    fake.events.visibleEditors.fire([]);
    assert.equal(await pass(60 * minute), 0);
    watch(true);
    fake.events.visibleEditors.fire([]);
    assert.equal(await pass(2000), 1);
  });

  it('asks nothing without keys until some are stored', async () => {
    const { pass, keys, schedule, hotPaths } = open({ hasKeys: false });
    assert.equal(await pass(60 * minute), 0);
    assert.equal(hotPaths.state.kind, 'unconfigured');
    fake.events.windowState.fire(window.state);
    assert.equal(await pass(60 * minute), 0);
    keys.there = true;
    schedule.restart();
    assert.equal(await pass(2000), 1);
  });

  it('looks only when asked where the interval is 0, and follows a change of it', async () => {
    const { pass } = open();
    changeSettings({ 'aidog.hotPaths.refreshMinutes': 0 });
    assert.equal(await pass(60 * minute), 0);
    changeSettings({ 'aidog.hotPaths.refreshMinutes': 5 });
    assert.equal(await pass(2000), 1);
    assert.equal(await pass(5 * minute), 2);
  });

  it('waits longer after each failure, and stops where looking again cannot help', async () => {
    const { pass } = open({ answer: () => Promise.reject(new AppError('unreachable', 'down')) });
    await pass(2000);
    assert.equal(await pass(19 * minute), 1);
    assert.equal(await pass(minute), 2);
    assert.equal(await pass(39 * minute), 2);
    const refused = open({ answer: () => Promise.reject(new AppError('forbidden', 'wrong key')) });
    await refused.pass(2000);
    assert.equal(await refused.pass(600 * minute), 1);
  });

  it('does nothing in a folder that is not trusted', async () => {
    const { pass } = open();
    workspace.isTrusted = false;
    assert.equal(await pass(60 * minute), 0);
  });

  it('ends when it is disposed, also in the middle of a look', async () => {
    const { pass, schedule } = open();
    mock.timers.tick(2000);
    schedule.dispose();
    assert.ok((await pass(60 * minute)) <= 1);
    assert.deepEqual([fake.events.windowState.listenerCount, fake.events.visibleEditors.listenerCount], [0, 0]);
  });
});
