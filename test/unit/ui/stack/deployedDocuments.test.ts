import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResolvedFrame } from '../../../../src/domain/resolvedTrace';
import { createDeployedDocuments, deployedScheme } from '../../../../src/ui/stack/deployedDocuments';
import { framesOf, stackNodes } from '../../../../src/ui/stack/stackNodes';
import { resolvedException, resolvedFrame, resolvedTrace } from '../../../fakes/resolvedTraces';
import { createFakeReport, createFakeRequests } from '../../../fakes/stackEngine';
import { fake, type Range, Uri } from '../../../fakes/vscode';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-deployed-')));
const place = { root, path: 'src/cart.js', line: 4, status: 'moved', score: 0.9, reason: '' } as const;
const deployed = { file: 'lib/cart.js', line: 2, function: null };

function open(text: string | null = 'as deployed') {
  fake.reset();
  const { engine, asked } = createFakeRequests({ readAtCommit: () => text });
  const report = createFakeReport();
  return { documents: createDeployedDocuments({ engine, report, knownRoots: () => [root] }), asked, report };
}

const node = (frame: Partial<ResolvedFrame>, commit: string | null = 'fef1cf73fd8f5325db8d9b052b7fcee6c8ae4862') =>
  framesOf(stackNodes([resolvedTrace([resolvedException([resolvedFrame(frame)])], { commit })])[0]!)[0]!;

describe('a file as it was deployed', () => {
  before(() => {
    mkdirSync(join(root, 'src'), { recursive: true });
    writeFileSync(join(root, 'src', 'cart.js'), 'a\nb\nc\nd\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('is shown beside the file as it is, at the line', async () => {
    const { documents, asked } = open();
    await documents.show(node({ workspace: place, deployed }));
    assert.deepEqual(asked[0]![1], { repository: root, commit: 'fef1cf73fd8f5325db8d9b052b7fcee6c8ae4862', path: 'lib/cart.js' });
    const [command, left, right, title, options] = fake.executed[0] as [string, Uri, Uri, string, { selection: Range }];
    assert.equal(command, 'vscode.diff');
    assert.deepEqual([left.scheme, left.path, right.fsPath], [deployedScheme, '/fef1cf7/lib/cart.js', join(root, 'src', 'cart.js')]);
    assert.match(title, /cart\.js \(deployed fef1cf7/);
    assert.equal(options.selection.start.line, 3);
    assert.equal(fake.providers.get(deployedScheme)?.provideTextDocumentContent(left), 'as deployed');
  });

  it('is shown alone when the file is gone', async () => {
    const { documents } = open();
    await documents.show(node({ workspace: { ...place, path: 'src/gone.js', status: 'deleted' }, deployed }));
    const [editor] = fake.editors;
    assert.equal(editor!.document.getText(), 'as deployed');
    assert.equal(editor!.options.selection?.start.line, 1);
  });

  it('is not shown for a place outside of the open folders', async () => {
    const { documents } = open();
    await documents.show(node({ workspace: { ...place, path: '../secret.js' }, deployed }));
    assert.deepEqual(fake.executed, []);
  });

  it('says what to do where the commit is not known or not at hand', async () => {
    const missing = open(null);
    await missing.documents.show(node({ workspace: place, deployed }));
    assert.match(missing.report.refused[0]!, /fef1cf7 is not at hand, or has no file lib\/cart\.js/);
    const unknown = open();
    await unknown.documents.show(node({ workspace: place, deployed }, null));
    assert.match(unknown.report.refused[0]!, /Set the deployed commit first/);
    assert.deepEqual([unknown.asked, fake.executed], [[], []]);
  });

  it('gives nothing for an address that it did not make', () => {
    open();
    assert.equal(fake.providers.get(deployedScheme)?.provideTextDocumentContent(Uri.from({ scheme: deployedScheme, path: '/x/y' })), null);
  });
});
