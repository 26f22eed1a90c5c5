import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResolvedFrame } from '../../../../src/domain/resolvedTrace';
import { chooseFile } from '../../../../src/ui/stack/chooseFile';
import { framesOf, stackNodes } from '../../../../src/ui/stack/stackNodes';
import { resolvedException, resolvedFrame, resolvedTrace } from '../../../fakes/resolvedTraces';
import { createFakeReport } from '../../../fakes/stackEngine';
import { fake, Uri, workspace } from '../../../fakes/vscode';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-choose-')));
const shop = join(base, 'shop');
const rules = join(shop, '.aidog', 'mappings.json');
const log = { info: () => undefined, error: () => undefined };

const ambiguous = (changes: Partial<ResolvedFrame> = {}) =>
  resolvedFrame({
    file: '/app/index.js',
    workspace: null,
    deployed: null,
    candidates: [
      { root: shop, path: 'cart/index.js', score: 0.4 },
      { root: shop, path: 'mail/index.js', score: 0.4 },
    ],
    ...changes,
  });

async function choose(frame: ResolvedFrame, ...answers: unknown[]) {
  fake.reset();
  workspace.workspaceFolders = [{ uri: Uri.file(shop) }];
  fake.answers.push(...answers);
  const report = createFakeReport();
  const [node] = framesOf(stackNodes([resolvedTrace([resolvedException([frame])])])[0]!);
  const changed: string[] = [];
  const engine = { filesChanged: (paths: readonly string[]) => void changed.push(...paths) };
  return { isSaved: await chooseFile(node!, { report, log, engine }), report, changed };
}

describe('choosing the file of a frame', () => {
  beforeEach(() => {
    for (const folder of ['cart', 'mail', '.git']) mkdirSync(join(shop, folder), { recursive: true });
    for (const folder of ['cart', 'mail']) writeFileSync(join(shop, folder, 'index.js'), '');
    writeFileSync(join(base, 'secret.js'), '');
    rmSync(join(shop, '.aidog'), { recursive: true, force: true });
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  it('offers the candidates that exist, and to look elsewhere', async () => {
    const gone = { root: shop, path: 'gone/index.js', score: 0.3 };
    const outside = { root: shop, path: '../secret.js', score: 0.3 };
    await choose(ambiguous({ candidates: [...ambiguous().candidates, gone, outside] }), undefined);
    assert.deepEqual(
      fake.picks[0]!.map((row) => (row as { description?: string }).description ?? row.label),
      ['shop/cart', 'shop/mail', 'Browse…'],
    );
    assert.equal(existsSync(rules), false);
  });

  it('saves the choice as a rule in the repository, and says where', async () => {
    const { isSaved, changed } = await choose(ambiguous(), 'index.js');
    assert.deepEqual([isSaved, changed], [true, [rules]]);
    assert.deepEqual(JSON.parse(readFileSync(rules, 'utf8')), [{ stackRoot: '/app/', sourceRoot: 'cart/', service: 'checkout' }]);
    assert.match(fake.messages[0]!.text, /\.aidog\/mappings\.json of shop/);
  });

  it('keeps the rules that are there', async () => {
    mkdirSync(join(shop, '.aidog'));
    writeFileSync(rules, '[{"library":"vendor/**"}]');
    await choose(ambiguous(), 'index.js');
    assert.equal(JSON.parse(readFileSync(rules, 'utf8')).length, 2);
  });

  it('throws rather than to overwrite rules that cannot be read', async () => {
    mkdirSync(join(shop, '.aidog'));
    writeFileSync(rules, 'half a [');
    await assert.rejects(choose(ambiguous(), 'index.js'), /mappings\.json/);
    assert.equal(readFileSync(rules, 'utf8'), 'half a [');
  });

  it('takes a file that is picked from the disk', async () => {
    const { isSaved } = await choose(ambiguous({ candidates: [] }), [Uri.file(join(shop, 'mail', 'index.js'))]);
    assert.equal(isSaved, true);
    assert.equal(JSON.parse(readFileSync(rules, 'utf8'))[0].sourceRoot, 'mail/');
    assert.deepEqual(fake.picks, []);
  });

  it('takes no file from outside of the open folders', async () => {
    const { isSaved, report } = await choose(ambiguous(), 'Browse…', [Uri.file(join(base, 'secret.js'))]);
    assert.equal(isSaved, false);
    assert.match(report.refused[0]!, /does not lie in one of the open folders/);
    const remote = await choose(ambiguous(), 'Browse…', [Uri.from({ scheme: 'vscode-vfs', path: join(shop, 'cart', 'index.js') })]);
    assert.equal(remote.isSaved, false);
    assert.equal(existsSync(rules), false);
  });

  it('writes nothing when it is left', async () => {
    await choose(ambiguous(), undefined);
    await choose(ambiguous(), 'Browse…', undefined);
    assert.equal(existsSync(rules), false);
  });

  it('offers the file that the frame is placed at now first, for a place that is wrong', async () => {
    await choose(
      ambiguous({ workspace: { root: shop, path: 'mail/index.js', line: 1, status: 'exact', score: 0.6, reason: '' } }),
      undefined,
    );
    assert.deepEqual(
      fake.picks[0]!.slice(0, 2).map((row) => (row as { description?: string }).description),
      ['shop/mail', 'shop/cart'],
    );
  });
});
