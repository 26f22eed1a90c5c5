import assert from 'node:assert/strict';
import type { CancellationToken, Hover, MarkdownString } from 'vscode';
import { FailingLines } from '../../../../src/ui/editor/failingLines';
import { createFailureHover } from '../../../../src/ui/editor/failureHover';
import { failingPath } from '../../../fakes/hotPaths';
import { changeSettings, Position } from '../../../fakes/vscode';
import { asDocument, createSetting, root } from './setting';

describe('a hover', () => {
  it('comes from the cache on failing lines only, and not where marks are turned off', async () => {
    const file = '/w/src/cart.js';
    const setting = createSetting({ [file]: 'one\ntwo\nthree\n' });
    const hovers = createFailureHover(new FailingLines(setting.code), setting.clock);
    const document = setting.open(file);
    await setting.look([failingPath(root, 3)]);
    const over = (line: number) => hovers.provideHover(asDocument(document), new Position(line, 1) as never, {} as CancellationToken);
    const shown = over(2) as Hover;
    assert.match((shown.contents as unknown as MarkdownString).value, /TypeError[\s\S]*7 errors in checkout[\s\S]*Open in Datadog/u);
    assert.equal(over(1), null);
    changeSettings({ 'aidog.diagnostics.enabled': false });
    assert.equal(over(2), null);
  });
});
