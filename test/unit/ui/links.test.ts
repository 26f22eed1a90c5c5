import assert from 'node:assert/strict';
import { isWebPage, openWebPage } from '../../../src/ui/links';
import { fake } from '../../fakes/vscode';

describe('a link', () => {
  beforeEach(() => fake.reset());

  it('is opened in the browser when it is a web page', async () => {
    assert.equal(await openWebPage('https://app.datadoghq.com/monitors/1?a=b#c'), true);
    assert.deepEqual(fake.opened, ['https://app.datadoghq.com/monitors/1?a=b#c']);
  });

  for (const link of [null, undefined, '', 'x', '//x', 'command:a', 'vscode://a', 'file:///etc/passwd', 'javascript:alert(1)', 'ssh://x']) {
    it(`is left alone when it is ${link}`, async () => {
      assert.equal(isWebPage(link), false);
      assert.equal(await openWebPage(link), false);
      assert.deepEqual(fake.opened, []);
    });
  }
});
