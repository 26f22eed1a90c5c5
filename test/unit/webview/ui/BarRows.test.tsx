import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('rows of bars', () => {
  useDom();

  it('have a label, a bar and a number each', async () => {
    const page = await render(async () => {
      const { BarRows } = await import('../../../../webview/ui/BarRows');
      return (
        <BarRows
          rows={[
            { label: 'before', text: '3', share: 0.25, tone: 'neutral' },
            { label: 'during', text: '12', share: 1, tone: 'bad' },
          ]}
        />
      );
    });
    assert.deepEqual(
      page.all('.bar-rows > div').map((row) => [row.textContent, row.querySelector('.bar')?.className]),
      [
        ['before3', 'bar fill-neutral'],
        ['during12', 'bar fill-bad'],
      ],
    );
  });
});
