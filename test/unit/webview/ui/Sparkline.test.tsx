import assert from 'node:assert/strict';
import type { SparklineProps } from '../../../../webview/ui/Sparkline';
import { render, useDom } from '../../../fakes/render';

const draw = (props: Partial<SparklineProps>) =>
  render(async () => {
    const { Sparkline } = await import('../../../../webview/ui/Sparkline');
    return <Sparkline points={[]} fromSec={0} toSec={0} expected={0} tone="bad" summary="A curve." {...props} />;
  });

describe('a sparkline', () => {
  useDom();

  it('draws the curve, what is usual, and the marked stretch over it', async () => {
    const { get } = await draw({
      points: [
        [0, 0],
        [60, 0],
        [120, 10],
      ],
      fromSec: 60,
      toSec: 120,
      expected: 5,
    });
    assert.equal(get('.sparkline-line:not(.sparkline-unusual)').getAttribute('d'), 'M0.0 45.0L150.0 45.0L300.0 3.0');
    assert.equal(get('.sparkline-unusual').getAttribute('d'), 'M150.0 45.0L300.0 3.0');
    assert.equal(get('.sparkline-usual').getAttribute('y1'), '24.0');
    assert.deepEqual(
      ['x', 'width'].map((name) => get('.sparkline-mark').getAttribute(name)),
      ['150', '150'],
    );
  });

  it('breaks the line where there is no value', async () => {
    const { get } = await draw({
      points: [
        [0, 1],
        [60, null],
        [120, 1],
      ],
    });
    assert.equal(get('.sparkline-line:not(.sparkline-unusual)').getAttribute('d'), 'M0.0 3.0M300.0 3.0');
  });

  it('is a picture with a sentence for who cannot see it', async () => {
    const { get } = await draw({});
    assert.deepEqual([get('svg').getAttribute('role'), get('svg').getAttribute('aria-label')], ['img', 'A curve.']);
  });

  it('draws no figure that is none, whatever it is given', async () => {
    for (const points of [[], [[5, null]], [[5, 0]], [[5, 7]]] as SparklineProps['points'][])
      assert.doesNotMatch((await draw({ points, fromSec: -9, toSec: Number.MAX_SAFE_INTEGER })).container.innerHTML, /NaN|Infinity/);
  });
});
