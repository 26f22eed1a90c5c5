import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { FrameLink, ResolvedFrame } from '../../../../src/domain/resolvedTrace';
import type { FrameFinder } from '../../../../src/ui/stack/frameFinder';
import { createLogLinks } from '../../../../src/ui/stack/logLinks';
import { resolvedFrame } from '../../../fakes/resolvedTraces';
import { CancellationTokenSource, fake, Range, Uri, window } from '../../../fakes/vscode';
import { FakeDocument } from '../../../fakes/vscodeParts';

const text = ['2026 ERROR', 'Error: x', '    at a (cart.js:12:1)', 'more'].join('\n');
const frameRange = { start: text.indexOf('at a'), end: text.indexOf('\nmore') };

interface Setup {
  readonly text?: string;
  readonly find?: (text: string) => FrameLink[];
  readonly frame?: ResolvedFrame | null;
  readonly target?: Uri | null;
}

function open({
  text: content = text,
  find = () => [{ range: frameRange, file: 'cart.js', line: 12 }],
  frame = resolvedFrame(),
  target = null,
}: Setup = {}) {
  fake.reset();
  const resolved: [string, number][] = [];
  const opened: [ResolvedFrame | null, string][] = [];
  const looked: string[] = [];
  const finder = {
    async find(part: string) {
      looked.push(part);
      return find(part);
    },
    async resolve(part: string, offset: number) {
      resolved.push([part, offset]);
      return frame;
    },
    targetOf: async () => target,
    open: async (at: ResolvedFrame | null, asPrinted: string) => void opened.push([at, asPrinted]),
  } as unknown as FrameFinder;
  const document = new FakeDocument(Uri.file('/logs/app.log'), content);
  const provider = createLogLinks(finder);
  const { token } = new CancellationTokenSource();
  const provide = async () => (await provider.provideDocumentLinks(document as never, token as never)) ?? [];
  const resolve = async (link: vscode.DocumentLink) => provider.resolveDocumentLink?.(link as never, token as never);
  return { document, provide, resolve, resolved, opened, looked };
}

describe('links on frames in a log', () => {
  it('stand on the frames, and lead nowhere before they are clicked', async () => {
    const { provide, resolved } = open();
    const [link] = await provide();
    assert.deepEqual(
      [link?.range.start, link?.range.end].map((at) => [at?.line, at?.character]),
      [
        [2, 4],
        [2, 23],
      ],
    );
    assert.deepEqual([link?.target, resolved], [undefined, []]);
  });

  it('lead to the line that the frame is now', async () => {
    const target = Uri.file('/shop/cart.js').with({ fragment: 'L19' });
    const { provide, resolve, resolved, opened } = open({ target });
    const [link] = await provide();
    assert.equal((await resolve(link!))?.target, target);
    assert.equal(resolved[0]![0].slice(resolved[0]![1]).startsWith('at a'), true);
    assert.deepEqual(opened, []);
  });

  it('say why they lead nowhere, and stay in the log', async () => {
    const { provide, resolve, opened } = open({ frame: null });
    const [link] = await provide();
    const { target } = (await resolve(link!)) ?? {};
    assert.deepEqual([target?.path, target?.fragment], ['/logs/app.log', 'L3']);
    assert.deepEqual(opened, [[null, 'at a (cart.js:12:1)']]);
  });

  it('are none when the log has grown meanwhile', async () => {
    const setup: { document?: FakeDocument } = {};
    const { document, provide } = open({
      find: () => {
        setup.document?.type('new');
        return [{ range: frameRange, file: 'cart.js', line: 12 }];
      },
    });
    setup.document = document;
    assert.deepEqual(await provide(), []);
  });

  it('are looked for around what is seen where the log is large', async () => {
    const line = 'INFO all is well with the shop and its many customers\n';
    const large = open({ text: line.repeat(100_000), find: () => [{ range: { start: 0, end: 4 }, file: 'a.js', line: 1 }] });
    window.visibleTextEditors = [{ document: large.document, visibleRanges: [new Range(50_000, 0, 50_040, 0)] }];
    const [link] = await large.provide();
    assert.ok(large.looked[0]!.length < line.length * 4_100);
    assert.equal(link?.range.start.line, 48_000);
  });
});
