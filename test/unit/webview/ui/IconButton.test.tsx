import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('a button that is only a glyph', () => {
  useDom();

  it('has a name for those who do not see it', async () => {
    const { IconButton } = await import('../../../../webview/ui/IconButton');
    let presses = 0;
    const page = await render(async () => <IconButton label="Copy" icon="copy" onPress={() => (presses += 1)} />);
    const button = page.get('vscode-toolbar-button');
    button.click();
    assert.equal(button.shadowRoot?.querySelector('button')?.getAttribute('aria-label'), 'Copy');
    assert.equal(presses, 1);
  });
});
