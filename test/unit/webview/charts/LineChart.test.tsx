import assert from 'node:assert/strict';
import type { ChartView } from '../../../../webview/charts/chartView';
import { pageDocument, pageWindow } from '../../../fakes/dom';
import { render, useDom } from '../../../fakes/render';

const view: ChartView = { lines: [], legend: [], marks: [], threshold: null, unit: null, summary: 'It goes up.' };

describe('a chart', () => {
  useDom();

  it('is a picture with its summary as name', async () => {
    const page = await render(async () => {
      const { LineChart } = await import('../../../../webview/charts/LineChart');
      return <LineChart view={view} />;
    });
    const canvas = page.get('canvas');
    assert.deepEqual([canvas.getAttribute('role'), canvas.getAttribute('aria-label')], ['img', 'It goes up.']);
  });

  it('is drawn again when the theme changes, and only then', async () => {
    let drawings = 0;
    const original = pageWindow.HTMLCanvasElement.prototype.getContext;
    pageWindow.HTMLCanvasElement.prototype.getContext = () => {
      drawings += 1;
      return null;
    };
    try {
      const page = await render(async () => {
        const { LineChart } = await import('../../../../webview/charts/LineChart');
        return <LineChart view={view} />;
      });
      assert.equal(drawings, 1);
      await page.act(() => pageDocument.body.setAttribute('data-vscode-theme-kind', 'vscode-light'));
      assert.equal(drawings, 2);
      await page.act(() => pageDocument.body.setAttribute('data-unrelated', 'x'));
      assert.equal(drawings, 2);
    } finally {
      pageWindow.HTMLCanvasElement.prototype.getContext = original;
    }
  });
});
