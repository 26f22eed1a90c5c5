import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('an icon', () => {
  useDom();

  it('is hidden from screen readers', async () => {
    const { Icon } = await import('../../../../webview/ui/Icon');
    const page = await render(async () => <Icon name="loading" tone="info" spin />);
    const icon = page.get('.codicon-loading');
    assert.equal(icon.getAttribute('aria-hidden'), 'true');
    assert.match(icon.className, /ink-info codicon-modifier-spin/);
  });
});
