import assert from 'node:assert/strict';
import { AppError } from '../../../../src/domain/errors';
import { HotPaths, isHopeless, mergedPaths } from '../../../../src/ui/editor/hotPaths';
import { failingPath, hotPath, hotPathReport } from '../../../fakes/hotPaths';
import { createFakeEngine } from '../../../fakes/sampleInvestigation';
import { changeSettings, fake, Uri, workspace } from '../../../fakes/vscode';
import { connection, root, settled } from './setting';

function open(answer: () => unknown, hasKeys = true) {
  fake.reset();
  workspace.workspaceFolders = [{ uri: Uri.file(root) }];
  const clock = { at: 3_600_000, nowMs: () => clock.at };
  const engine = createFakeEngine({ hotPaths: answer });
  const hotPaths = new HotPaths({ engine, connection: async () => (hasKeys ? connection : null), clock });
  const kinds: string[] = [];
  hotPaths.onDidChange(({ kind }) => kinds.push(kind));
  return { engine, hotPaths, clock, kinds };
}

describe('the hot paths of the workspace', () => {
  it('are asked for as the settings want, once at a time', async () => {
    const { engine, hotPaths, kinds } = open(() => hotPathReport([hotPath(root)]));
    changeSettings({ 'aidog.datadog.env': 'prod', 'aidog.hotPaths.services': ['checkout'], 'aidog.hotPaths.windowMinutes': 30 });
    const [first, second] = await Promise.all([hotPaths.refresh(), hotPaths.refresh()]);
    assert.equal(first, second);
    assert.deepEqual(engine.asked, [
      { name: 'hotPaths', params: { repositories: [root], env: 'prod', services: ['checkout'], windowMinutes: 30 } },
    ]);
    assert.deepEqual([kinds, hotPaths.paths.length], [['loading', 'ready'], 1]);
  });

  it('are not asked for without keys', async () => {
    const { engine, hotPaths } = open(() => hotPathReport([]), false);
    assert.deepEqual([(await hotPaths.refresh()).kind, engine.asked.length], ['unconfigured', 0]);
  });

  it('stay in sight while a look is under way and when it failed', async () => {
    let isFailing = false;
    const { hotPaths } = open(() => {
      if (isFailing) throw new AppError('unreachable', 'down');
      return hotPathReport([hotPath(root)]);
    });
    await hotPaths.refresh();
    isFailing = true;
    const looking = hotPaths.refresh();
    assert.equal(hotPaths.paths.length, 1);
    const state = await looking;
    assert.deepEqual([state.kind, hotPaths.paths.length, isHopeless(state)], ['failed', 1, false]);
    assert.equal(isHopeless({ ...state, error: new AppError('forbidden', 'no') }), true);
  });

  it('are old after three intervals, or an hour where nothing looks by itself', async () => {
    const { hotPaths, clock } = open(() => hotPathReport([hotPath(root)]));
    await hotPaths.refresh();
    clock.at += 30 * 60_000;
    assert.equal(hotPaths.paths[0]!.isStale, false);
    clock.at += 1;
    assert.equal(hotPaths.paths[0]!.isStale, true);
    changeSettings({ 'aidog.hotPaths.refreshMinutes': 0 });
    assert.equal(hotPaths.paths[0]!.isStale, false);
    clock.at += 30 * 60_000;
    assert.equal(hotPaths.paths[0]!.isStale, true);
  });

  it('are forgotten with the account, and a look that is under way brings none back', async () => {
    let answer = (_: unknown) => undefined as unknown;
    const { hotPaths } = open(() => new Promise((resolve) => (answer = resolve as typeof answer)));
    const looking = hotPaths.refresh();
    await settled();
    const forgetting = hotPaths.reset();
    answer(hotPathReport([hotPath(root)]));
    await Promise.all([looking, forgetting]);
    assert.deepEqual([hotPaths.state.kind, hotPaths.paths], ['unknown', []]);
  });

  it('remember routes for a day, and errors not at all', () => {
    const earlier = mergedPaths([], hotPathReport([hotPath(root), failingPath(root, 9)]), 60);
    const whole = hotPathReport([], { takenAtMs: 4_000_000 });
    assert.deepEqual(
      mergedPaths(earlier, whole, 60).map(({ isQuiet, path, takenAtMs }) => [isQuiet, path.now.requests, takenAtMs]),
      [[true, 0, 4_000_000]],
    );
    assert.deepEqual(mergedPaths(earlier, { ...whole, isWhole: false }, 60), [earlier[0]]);
    assert.deepEqual(mergedPaths(earlier, { ...whole, takenAtMs: 3_500_000 + 86_400_000 }, 60), []);
  });

  it('know a route again whose line was moved by a deploy', () => {
    const earlier = mergedPaths([], hotPathReport([hotPath(root)]), 60);
    const moved = hotPath(root, { location: { file: 'src/other.js', line: 90, function: null } });
    assert.equal(mergedPaths(earlier, hotPathReport([moved]), 60).length, 1);
  });
});
