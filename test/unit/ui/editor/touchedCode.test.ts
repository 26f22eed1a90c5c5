import assert from 'node:assert/strict';
import { failingPath, hotPath } from '../../../fakes/hotPaths';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { fake, Range, Uri } from '../../../fakes/vscode';
import { createSetting, root, settled } from './setting';

const file = '/w/src/cart.js';
const text = "one\ntwo\napp.post('/checkout', create);\n";

describe('what telemetry says about files', () => {
  it('comes from the investigation and the traffic together', async () => {
    const { investigate, look, code } = createSetting({ [file]: text });
    investigate(sampleInvestigation(root));
    await look([hotPath(root), failingPath(root, 2)]);
    const touched = code.files.get(file)!;
    assert.equal(touched.text, text);
    assert.deepEqual(
      touched.spots.map(({ line, isFunction, load }) => [line, isFunction, load.subject]),
      [
        [3, false, 'Checkout'],
        [3, false, null],
        [2, false, null],
      ],
    );
    assert.deepEqual(touched.failures.map(({ line, cause }) => [line, cause?.confidence]).sort(), [
      [2, undefined],
      [3, 0.82],
    ]);
  });

  it('follows routes to handlers in other files, but not lines that failed', async () => {
    const other = '/w/src/orders.js';
    const { look, code } = createSetting({ [file]: text, [other]: 'create\n' });
    fake.definitions = () => [{ uri: Uri.file(other), range: new Range(0, 0, 0, 6) }];
    await look([hotPath(root), failingPath(root, 3)]);
    assert.deepEqual(
      [...code.files].map(([path, { text: saved, spots }]) => [path, saved, spots.map(({ line, isFunction }) => [line, isFunction])]),
      [
        [file, text, [[3, false]]],
        [other, 'create\n', [[1, true]]],
      ],
    );
  });

  it('is built anew only when findings about code change', async () => {
    const { investigate, find, code, hotPaths } = createSetting({ [file]: text });
    let changes = 0;
    code.onDidChange(() => (changes += 1));
    const run = investigate(sampleInvestigation(root));
    await code.settled;
    await settled();
    const before = changes;
    find(run.snapshot.runId, { problems: ['slow'] });
    await code.settled;
    await settled();
    assert.equal(changes, before);
    find(run.snapshot.runId, { codeHits: [] });
    await code.settled;
    assert.equal(changes, before + 1);
    await hotPaths.refresh();
    await code.settled;
    assert.equal(changes, before + 2);
  });

  it('keeps to the newest when findings overtake each other', async () => {
    const { look, code, hotPaths } = createSetting({ [file]: text });
    const slow = look([hotPath(root)]);
    await slow;
    void hotPaths.refresh();
    await look([]);
    assert.equal(code.files.get(file)?.spots[0]?.load.isQuiet, true);
  });

  it('has places without text where a file cannot be read, and none that were deleted', async () => {
    const { look, code } = createSetting({});
    const gone = hotPath(root, { resource: 'GET /gone' });
    await look([hotPath(root), { ...gone, workspace: { ...gone.workspace!, path: 'src/gone.js', status: 'deleted' } }]);
    assert.deepEqual(
      [...code.files].map(([path, { text: saved, spots }]) => [path, saved, spots.length]),
      [[file, null, 1]],
    );
  });

  it('ends when it is disposed', async () => {
    const { look, code } = createSetting({ [file]: text });
    code.dispose();
    await look([hotPath(root)]);
    assert.equal(code.files.size, 0);
  });
});
