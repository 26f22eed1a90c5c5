import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

const show = (isNeeded: boolean) =>
  render(async () => {
    const { ShowMore } = await import('../../../../webview/ui/ShowMore');
    return (
      <ShowMore more="Show all 9" isNeeded={isNeeded}>
        {(isWhole) => <p>{isWhole ? 'all' : 'some'}</p>}
      </ShowMore>
    );
  });

describe('what is shown in part', () => {
  useDom();

  it('is shown whole on demand, and in part again', async () => {
    const page = await show(true);
    assert.deepEqual([page.text(), page.get('button').getAttribute('aria-expanded')], ['someShow all 9', 'false']);
    await page.click('button');
    assert.deepEqual([page.text(), page.get('button').getAttribute('aria-expanded')], ['allShow less', 'true']);
    await page.click('button');
    assert.equal(page.text(), 'someShow all 9');
  });

  it('is whole without a button where it is short', async () => {
    const page = await show(false);
    assert.equal(page.text(), 'all');
  });
});
