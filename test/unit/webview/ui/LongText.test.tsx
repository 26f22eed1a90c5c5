import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('a long text', () => {
  useDom();

  it('is shown whole when it is short, and after a press when it is not', async () => {
    const { LongText } = await import('../../../../webview/ui/LongText');
    const short = await render(async () => <LongText text="abc" glance={4} />);
    assert.equal(short.text(), 'abc');
    const long = await render(async () => <LongText text="abcdefghij" glance={4} />);
    assert.equal(long.text(), 'abcd… Show all 10 characters');
    await long.click('button');
    assert.equal(long.text(), 'abcdefghij Show less');
  });
});
