import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cancelled } from '../../../../src/domain/errors';
import type { WorkingTreeLocation } from '../../../../src/domain/frame';
import type { RequestOptions } from '../../../../src/protocol/channel';
import { createFrameFinder, mayHaveFrame } from '../../../../src/ui/stack/frameFinder';
import { resolvedException, resolvedFrame, resolvedTrace } from '../../../fakes/resolvedTraces';
import { createFakeReport, createFakeRequests } from '../../../fakes/stackEngine';
import { CancellationTokenSource, fake, Uri, workspace } from '../../../fakes/vscode';
import { FakeDocument } from '../../../fakes/vscodeParts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-finder-')));
const place = { root, path: 'cart.js', line: 2, status: 'moved', score: 0.9, reason: '' } as const;
const line = '    at a (/srv/cart.js:1:2)';

function open(answers: Parameters<typeof createFakeRequests>[0] = {}) {
  fake.reset();
  workspace.workspaceFolders = [{ uri: Uri.file(root) }];
  const { engine, asked } = createFakeRequests(answers);
  const report = createFakeReport();
  const opened: [WorkingTreeLocation | null, string | null][] = [];
  const opener = { open: async (at: WorkingTreeLocation | null, deployed: string | null) => opened.push([at, deployed]) > 0 };
  const { token } = new CancellationTokenSource();
  return { finder: createFrameFinder({ engine, opener, report }), asked, report, opened, token: token as never };
}

describe('frames in texts that nobody asked to resolve', () => {
  before(() => writeFileSync(join(root, 'cart.js'), 'one\ntwo\n'));
  after(() => rmSync(root, { recursive: true, force: true }));

  it('are looked for in the engine', async () => {
    const link = { range: { start: 4, end: 20 }, file: '/srv/cart.js', line: 1 };
    const { finder, asked, token } = open({ findFrames: () => [link] });
    assert.deepEqual(await finder.find(line, token), [link]);
    assert.deepEqual(asked, [['findFrames', { text: line, repositories: [root] }]]);
  });

  it('cost nothing where there can be none, or no folder may be read', async () => {
    const { finder, asked, token } = open();
    assert.deepEqual(await finder.find('GET /health 200 in 3 ms', token), []);
    workspace.isTrusted = false;
    assert.deepEqual(await finder.find(line, token), []);
    assert.deepEqual(asked, []);
  });

  it('are suspected in lines of every language', () => {
    const lines = [
      'at a (b.js:1:2)',
      '  File "a.py", line 3, in f',
      '\tat A.b(A.java:12)',
      '#0 /a.php(12): f()',
      '\t/a/b.go:12 +0x1d',
      'x at A.pm line 3.',
    ];
    assert.deepEqual(
      lines.filter((text) => !mayHaveFrame(text)),
      [],
    );
    assert.equal(mayHaveFrame('all is well'), false);
  });

  it('are none when the engine fails, which is said, or when the search is called off, which is not', async () => {
    const failing = open({ findFrames: () => Promise.reject(new Error('down')) });
    assert.deepEqual(await failing.finder.find(line, failing.token), []);
    assert.equal(failing.report.problems.length, 1);
    const stopped = open({ findFrames: () => Promise.reject(cancelled()) });
    assert.deepEqual(await stopped.finder.find(line, stopped.token), []);
    assert.equal(stopped.report.problems.length, 0);
  });

  it('are no longer looked for when VS Code does not want them any more', async () => {
    let signal: AbortSignal | undefined;
    const { finder } = open({
      findFrames: (_, options?: RequestOptions) => {
        signal = options?.signal;
        return [];
      },
    });
    const source = new CancellationTokenSource();
    await finder.find(line, source.token as never);
    source.cancel();
    assert.equal(signal?.aborted, true);
    await finder.find(line, source.token as never);
    assert.equal(signal?.aborted, true);
  });

  it('are resolved together; the one at the offset counts', async () => {
    const [first, second] = [
      resolvedFrame({ range: { start: 0, end: 10 } }),
      resolvedFrame({ function: 'b', range: { start: 10, end: 20 } }),
    ];
    const { finder } = open({ resolveStack: () => [resolvedTrace([resolvedException([first, second])])] });
    assert.equal((await finder.resolve('text', 10))?.function, 'b');
    assert.equal(await finder.resolve('text', 20), null);
  });

  it('have the address of the line as it is in the editor', async () => {
    const { finder } = open();
    const uri = await finder.targetOf(resolvedFrame({ workspace: place }));
    assert.deepEqual([uri?.fsPath, uri?.fragment], [join(root, 'cart.js'), 'L2']);
    const { openTextDocument } = workspace;
    workspace.openTextDocument = async (at) => {
      const document = new FakeDocument(at as Uri);
      document.type('zero\none\ntwo\n');
      return document;
    };
    try {
      assert.equal((await finder.targetOf(resolvedFrame({ workspace: place })))?.fragment, 'L3');
    } finally {
      workspace.openTextDocument = openTextDocument;
    }
  });

  it('have no address where the line or the file is gone, or lies elsewhere', async () => {
    const { finder } = open();
    for (const workspaceOf of [
      null,
      { ...place, status: 'deleted' as const },
      { ...place, path: 'gone.js' },
      { ...place, path: '../x.js' },
    ])
      assert.equal(await finder.targetOf(resolvedFrame({ workspace: workspaceOf })), null);
  });

  it('are opened, or it is said why not', async () => {
    const { finder, opened, report } = open();
    await finder.open(resolvedFrame({ workspace: place }), 'cart.js:1');
    await finder.open(null, 'cart.js:1');
    const candidates = ['a', 'b'].map((folder) => ({ root, path: `${folder}/cart.js`, score: 0.4 }));
    await finder.open(resolvedFrame({ workspace: null, deployed: null, candidates }), 'cart.js:1');
    assert.deepEqual(opened, [
      [place, 'services/checkout/pricing.js:14'],
      [null, 'cart.js:1'],
    ]);
    assert.match(report.refused[0]!, /cart\.js:1 may be any of 2 files/);
  });
});
