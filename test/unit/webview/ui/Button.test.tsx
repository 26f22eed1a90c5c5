import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('a button', () => {
  useDom();

  it('passes on a press, a glyph and a title', async () => {
    const { Button } = await import('../../../../webview/ui/Button');
    let presses = 0;
    const page = await render(async () => <Button label="Go" icon="play" isPrimary title="Go there" onPress={() => (presses += 1)} />);
    await page.click('vscode-button', 'Go');
    const button = page.get('vscode-button') as HTMLElement & { secondary: boolean; icon: string };
    assert.deepEqual([presses, button.secondary, button.icon, button.title], [1, false, 'play', 'Go there']);
  });
});
