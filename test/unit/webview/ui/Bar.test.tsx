import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('a bar', () => {
  useDom();

  it('stays inside its track', async () => {
    const { Bar } = await import('../../../../webview/ui/Bar');
    const page = await render(async () => [0.25, -1, 7, Number.NaN].map((share) => <Bar key={share} share={share} />));
    assert.deepEqual(
      page.all('.bar-fill').map(({ style }) => style.getPropertyValue('--share')),
      ['25%', '0%', '100%', '0%'],
    );
  });
});
