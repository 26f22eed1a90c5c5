import assert from 'node:assert/strict';
import type { WorkingTreeLocation } from '../../../../src/domain/frame';
import type { ResolvedTrace } from '../../../../src/domain/resolvedTrace';
import type { RequestOptions } from '../../../../src/protocol/channel';
import { culpritOf, stackNodes } from '../../../../src/ui/stack/stackNodes';
import { createStackSession } from '../../../../src/ui/stack/stackSession';
import type { StackText } from '../../../../src/ui/stack/stackText';
import { resolvedException, resolvedFrame, resolvedTrace } from '../../../fakes/resolvedTraces';
import { createFakeReport, createFakeRequests } from '../../../fakes/stackEngine';
import { fake, Uri, workspace } from '../../../fakes/vscode';

const copied: StackText = { text: 'Error: x\n    at a (a.js:1:1)', from: 'clipboard' };
const placed = (changes: Partial<WorkingTreeLocation> = {}) =>
  resolvedTrace([resolvedException([resolvedFrame({ workspace: { ...resolvedFrame().workspace!, ...changes } })])]);

type Answer = (params: { text: string }, options?: RequestOptions) => ResolvedTrace[] | Promise<ResolvedTrace[]>;

function open(answer: Answer) {
  fake.reset();
  workspace.workspaceFolders = [{ uri: Uri.file('/shop') }];
  const { engine, asked } = createFakeRequests({ resolveStack: answer as never });
  const shown: (readonly ResolvedTrace[])[] = [];
  const opened: (readonly [WorkingTreeLocation | null, string | null])[] = [];
  const report = createFakeReport();
  const view = {
    show: (traces: readonly ResolvedTrace[]) => {
      shown.push(traces);
      return culpritOf(stackNodes(traces));
    },
    clear: () => void shown.push([]),
    current: null,
    dispose: () => undefined,
  };
  const opener = { open: async (place: WorkingTreeLocation | null, deployed: string | null) => opened.push([place, deployed]) > 0 };
  return { session: createStackSession({ engine, view, opener, report }), asked, shown, opened, report };
}

describe('resolving a stack trace', () => {
  it('asks the engine, shows what it found and opens the line to look at first', async () => {
    const { session, asked, shown, opened } = open(() => [placed()]);
    await session.resolve(copied);
    assert.deepEqual(asked, [['resolveStack', { text: copied.text, commit: null, service: null, repositories: ['/shop'] }]]);
    assert.equal(shown.length, 1);
    assert.deepEqual(
      opened.map(([place, deployed]) => [place?.line, deployed]),
      [[19, 'services/checkout/pricing.js:14']],
    );
  });

  for (const [what, changes] of [
    ['whose commit is not at hand', { status: 'unknown' }],
    ['that was deleted', { status: 'deleted' }],
    ['whose file is not certain', { score: 0.6 }],
  ] as const) {
    it(`shows a line ${what}, and opens nothing unasked`, async () => {
      const { session, shown, opened } = open(() => [placed(changes)]);
      await session.resolve(copied);
      assert.deepEqual([shown.length, opened], [1, []]);
    });
  }

  it('opens a frame of any state when it is asked for', async () => {
    const { session, opened } = open(() => [placed({ status: 'unknown' })]);
    const node = culpritOf(stackNodes([placed({ status: 'unknown' })]));
    await session.open(node!);
    const lost = culpritOf(stackNodes([resolvedTrace([resolvedException([resolvedFrame({ workspace: null, deployed: null })])])]));
    await session.open(lost!);
    assert.deepEqual(
      opened.map(([place, name]) => [place?.line ?? null, name]),
      [
        [19, 'services/checkout/pricing.js:14'],
        [null, '/srv/shop/services/checkout/pricing.js:14'],
      ],
    );
  });

  for (const from of ['selection', 'terminal', 'clipboard', 'document'] as const) {
    it(`says in one sentence that there is no stack in the ${from}, and keeps what was shown`, async () => {
      const { session, report, shown } = open(() => []);
      await session.resolve({ text: 'hello', from });
      assert.deepEqual([report.refused.length, shown], [1, []]);
      assert.match(report.refused[0]!, new RegExp(`no stack trace in .*${from}`));
      assert.equal(session.isEmpty, true);
    });
  }

  it('asks nothing without a folder that may be read, and says which kind of trouble it is', async () => {
    const { session, asked, report } = open(() => []);
    workspace.workspaceFolders = undefined;
    await session.resolve(copied);
    workspace.workspaceFolders = [{ uri: Uri.file('/shop') }];
    workspace.isTrusted = false;
    await session.resolve(copied);
    workspace.isTrusted = true;
    workspace.workspaceFolders = [{ uri: Uri.from({ scheme: 'vscode-vfs', path: '/shop' }) }];
    await session.resolve(copied);
    assert.deepEqual(asked, []);
    assert.match(report.refused.join('\n'), /No folder is open.*Restricted Mode.*not on a disk/s);
  });

  it('resolves the same text anew with other labels, and opens nothing then', async () => {
    const { session, asked, opened } = open(() => [placed()]);
    await session.resolve(copied);
    await session.again({ commit: 'v1.2', service: 'shop' });
    await session.again();
    assert.deepEqual(
      asked.map(([, { text, commit, service }]) => [text, commit, service]),
      [
        [copied.text, null, null],
        [copied.text, 'v1.2', 'shop'],
        [copied.text, 'v1.2', 'shop'],
      ],
    );
    assert.deepEqual(session.labels, { commit: 'v1.2', service: 'shop' });
    assert.equal(opened.length, 1);
  });

  it('has nothing to resolve anew before the first text and after it was cleared', async () => {
    const { session, asked, shown } = open(() => [placed()]);
    await session.again();
    assert.deepEqual(asked, []);
    await session.resolve(copied);
    session.clear();
    await session.again();
    assert.deepEqual([asked.length, shown.at(-1), session.isEmpty], [1, [], true]);
  });

  it('calls off a text when another one comes, and shows only the later', async () => {
    const signals: AbortSignal[] = [];
    const waiting: ((traces: ResolvedTrace[]) => void)[] = [];
    const { session, shown } = open((_, options) => {
      signals.push(options!.signal!);
      return new Promise((resolve) => waiting.push(resolve));
    });
    const first = session.resolve(copied);
    const second = session.resolve({ ...copied, text: `${copied.text}\n` });
    await new Promise(setImmediate);
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    waiting[1]!([placed({ line: 2 })]);
    await second;
    waiting[0]!([placed({ line: 1 })]);
    await first;
    assert.deepEqual(
      shown.map(([trace]) => trace?.exceptions[0]?.frames[0]?.workspace?.line),
      [2],
    );
  });

  it('cuts a text that is too long to travel', async () => {
    const { session, asked } = open(() => [placed()]);
    await session.resolve({ text: 'x'.repeat(17 * 1024 * 1024), from: 'selection' });
    assert.equal((asked[0]![1].text as string).length, 16 * 1024 * 1024);
  });
});
