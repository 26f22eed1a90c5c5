import assert from 'node:assert/strict';
import { faded, readTheme } from '../../../../webview/charts/theme';
import { pageDocument } from '../../../fakes/dom';
import { useDom } from '../../../fakes/render';

/** An element that has these variables; jsdom does not inherit them. */
function elementWith(variables: Readonly<Record<string, string>>): Element {
  const element = pageDocument.createElement('div');
  for (const [name, value] of Object.entries(variables)) element.style.setProperty(name, value);
  pageDocument.body.append(element);
  return element;
}

describe('the theme of a chart', () => {
  useDom();

  it('is read from the variables of the editor', () => {
    const theme = readTheme(elementWith({ '--vscode-charts-blue': ' #1a85ff ', '--vscode-font-family': 'Segoe UI', 'font-size': '15px' }));
    assert.deepEqual([theme.series.blue, theme.fontFamily, theme.fontSizePx], ['#1a85ff', 'Segoe UI', 13]);
  });

  it('mixes an orange that can be seen, since the one of VS Code is nearly transparent', () => {
    const theme = readTheme(
      elementWith({ '--vscode-charts-orange': 'rgba(234, 92, 0, 0.33)', '--vscode-charts-red': '#f00', '--vscode-charts-yellow': '#ff0' }),
    );
    assert.equal(theme.series.orange, 'color-mix(in srgb, #f00, #ff0)');
  });

  it('falls back to the colour of the text where the theme has none', () => {
    const theme = readTheme(elementWith({ color: 'rgb(1, 2, 3)' }));
    assert.deepEqual([theme.series.red, theme.grid, theme.tooltipBorder], ['rgb(1, 2, 3)', 'rgb(1, 2, 3)', 'rgb(1, 2, 3)']);
  });

  it('never writes too small', () => {
    assert.equal(readTheme(elementWith({ 'font-size': '9px' })).fontSizePx, 10);
  });

  it('fades a colour whatever it is written as', () => {
    assert.equal(faded('rgba(1, 2, 3, 0.5)', 0.35), 'color-mix(in srgb, rgba(1, 2, 3, 0.5) 35%, transparent)');
  });
});
