import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('a confidence', () => {
  useDom();

  for (const [value, text, fill] of [
    [0.86, 'Confidence 86 % high', 'fill-info'],
    [0.55, 'Confidence 55 % medium', 'fill-warn'],
    [0.06, 'Confidence 6 % low', 'fill-neutral'],
  ] as const)
    it(`of ${value} is read as "${text}"`, async () => {
      const { Confidence } = await import('../../../../webview/ui/Confidence');
      const page = await render(async () => <Confidence value={value} />);
      assert.equal(page.text(), text);
      assert.match(page.get('.bar').className, new RegExp(fill));
    });
});
