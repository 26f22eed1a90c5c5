import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

const show = (share: number | null, text?: string) =>
  render(async () => {
    const { ProgressBar } = await import('../../../../webview/ui/ProgressBar');
    return <ProgressBar label="Forecasting" share={share} text={text} />;
  });

describe('a progress bar', () => {
  useDom();

  it('says how far it is, in a number and in words', async () => {
    const bar = (await show(0.424, '3 of 7 series')).get('[role=progressbar]');
    assert.deepEqual(
      ['aria-label', 'aria-valuemin', 'aria-valuemax', 'aria-valuenow', 'aria-valuetext'].map((name) => bar.getAttribute(name)),
      ['Forecasting', '0', '100', '42', '3 of 7 series'],
    );
  });

  it('has no number where nobody knows', async () => {
    for (const share of [null, Number.NaN]) {
      const bar = (await show(share)).all('[role=progressbar]').at(-1);
      assert.equal(bar?.hasAttribute('aria-valuenow'), false);
      assert.match(bar?.className ?? '', /progress-unknown/);
    }
  });

  it('stays between nothing and all', async () => {
    const now = async (share: number) => (await show(share)).container.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow');
    assert.deepEqual([await now(-2), await now(7)], ['0', '100']);
  });
});
