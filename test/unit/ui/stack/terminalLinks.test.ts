import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { FrameLink, ResolvedFrame } from '../../../../src/domain/resolvedTrace';
import type { FrameFinder } from '../../../../src/ui/stack/frameFinder';
import { createTerminalLinks } from '../../../../src/ui/stack/terminalLinks';
import { resolvedFrame } from '../../../fakes/resolvedTraces';
import { CancellationTokenSource, fake } from '../../../fakes/vscode';

const terminal = { name: 'shell' } as vscode.Terminal;
const other = { name: 'other' } as vscode.Terminal;
const python = '  File "/app/cart.py", line 12, in total';

/** A finder that knows frames by the text from which they can be read. */
function open(found: (text: string) => FrameLink[], resolves: (text: string, offset: number) => ResolvedFrame | null = () => null) {
  fake.reset();
  const resolved: [text: string, offset: number][] = [];
  const opened: [ResolvedFrame | null, string][] = [];
  const finder: FrameFinder = {
    find: async (text) => found(text),
    async resolve(text, offset) {
      resolved.push([text, offset]);
      return resolves(text, offset);
    },
    targetOf: async () => null,
    open: async (frame, asPrinted) => void opened.push([frame, asPrinted]),
  };
  const links = createTerminalLinks(finder);
  const { token } = new CancellationTokenSource();
  const on = async (line: string, at = terminal) => (await links.provideTerminalLinks({ line, terminal: at }, token as never)) ?? [];
  return { links, on, resolved, opened };
}

const link: FrameLink = { range: { start: 4, end: 20 }, file: 'cart.js', line: 12 };

describe('links on frames in a terminal', () => {
  it('stand where the engine sees a frame', async () => {
    const { on } = open(() => [link]);
    const [shown] = await on('    at a (cart.js:12:1)');
    assert.deepEqual([shown?.startIndex, shown?.length, shown?.place], [4, 16, 'cart.js:12']);
  });

  it('cost nothing on lines that are too long to be frames', async () => {
    const { on } = open(() => assert.fail('asked'));
    assert.deepEqual(await on('x:1'.repeat(1000)), []);
  });

  it('open the frame together with those seen near it in the same terminal', async () => {
    const frame = resolvedFrame();
    const { links, on, resolved, opened } = open(
      (text) => (text === 'no frame:1' ? [] : [link]),
      () => frame,
    );
    await on('at b (b.js:2:1)');
    await on('no frame:1');
    await on('at c (c.js:3:1)', other);
    const [shown] = await on('at a (cart.js:12:1)');
    await links.handleTerminalLink(shown!);
    assert.deepEqual(resolved, [['at a (cart.js:12:1)\nat b (b.js:2:1)', 4]]);
    assert.deepEqual(opened, [[frame, 'cart.js:12']]);
  });

  it('read a line that means something in a whole trace only', async () => {
    const frame = resolvedFrame();
    const { links, on, opened } = open(
      () => [{ ...link, range: { start: 2, end: 39 } }],
      (text, offset) => (text.startsWith('Traceback') && text.slice(offset).startsWith('File') ? frame : null),
    );
    const [shown] = await on(python);
    await links.handleTerminalLink(shown!);
    assert.deepEqual(opened, [[frame, 'cart.js:12']]);
  });

  it('say what they stand on when the frame cannot be resolved', async () => {
    const { links, on, opened } = open(() => [link]);
    const [shown] = await on('at a (cart.js:12:1)');
    await links.handleTerminalLink(shown!);
    assert.deepEqual(opened, [[null, 'cart.js:12']]);
  });

  it('forget a terminal that was closed, and remember no more lines than help', async () => {
    const { links, on, resolved } = open(() => [link]);
    for (let line = 0; line < 200; line += 1) await on(`at f${line} (cart.js:${line}:1)`);
    const [shown] = await on('at a (cart.js:12:1)');
    await links.handleTerminalLink(shown!);
    assert.ok(resolved[0]![0].split('\n').length <= 60);
    fake.events.terminalClose.fire(terminal);
    await links.handleTerminalLink(shown!);
    assert.equal(resolved.find(([text], at) => at > 0 && !text.includes('\n'))?.[0], 'at a (cart.js:12:1)');
    links.dispose();
    assert.equal(fake.events.terminalClose.listenerCount, 0);
  });
});
