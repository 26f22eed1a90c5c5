import assert from 'node:assert/strict';
import { AppError } from '../../../../src/domain/errors';
import { pickHotPath } from '../../../../src/ui/editor/pickHotPath';
import { failingPath, hotPath } from '../../../fakes/hotPaths';
import { fake } from '../../../fakes/vscode';
import { createSetting, root, settled } from './setting';

async function open(paths: Parameters<ReturnType<typeof createSetting>['look']>[0]) {
  const setting = createSetting({});
  await setting.look(paths);
  const choice = pickHotPath(setting.hotPaths, setting.clock);
  await settled();
  return { ...setting, choice, pick: fake.quickPicks[0]! };
}

describe('the list of hot paths', () => {
  it('shows those in the open folders, says what was measured, and gives the one that is chosen', async () => {
    const { pick, choice } = await open([hotPath(root), failingPath(root, 9), hotPath(root, { resource: 'GET /far', workspace: null })]);
    assert.deepEqual(
      pick.items.map(({ label, description }) => [label, description]),
      [
        ['$(flame) POST /checkout', 'checkout · p95 412 ms ▲38 % · 2.1 % err · prod 1h · 1,200 req'],
        ['$(error) TypeError: x is undefined', 'checkout · 7 err · prod 1h'],
      ],
    );
    pick.accept('$(flame) POST /checkout');
    assert.equal((await choice)?.path.resource, 'POST /checkout');
    assert.equal(pick.isVisible, false);
  });

  it('draws no icons that telemetry asks for', async () => {
    const { pick } = await open([hotPath(root, { resource: '$(bug)\nGET' })]);
    assert.equal(pick.items[0]!.label, '$(flame) \\$(bug) GET');
  });

  it('looks anew when it opens and when its button is pressed', async () => {
    const { pick, engine, choice } = await open([]);
    assert.equal(engine.asked.length, 2);
    pick.press();
    await settled();
    assert.equal(engine.asked.length, 3);
    pick.hide();
    assert.equal(await choice, null);
  });

  it('says why it is empty', async () => {
    assert.match((await open([])).pick.placeholder, /^No span names a line of code\. .*DD_CODE_ORIGIN_FOR_SPANS_ENABLED/);
    assert.equal((await open([hotPath(root, { workspace: null })])).pick.placeholder, 'None of 1 places lies in one of the open folders');
    assert.match((await open([hotPath(root)])).pick.placeholder, /^As of .+; choose one to go there$/);
    const failing = await open([]);
    failing.engine.request = () => Promise.reject(new AppError('forbidden', 'A key is wrong.'));
    failing.pick.press();
    await settled();
    assert.equal(failing.pick.placeholder, 'A key is wrong.');
  });
});
