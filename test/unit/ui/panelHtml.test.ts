import assert from 'node:assert/strict';
import { JSDOM } from 'jsdom';
import type { Webview } from 'vscode';
import { panelHtml } from '../../../src/ui/panelHtml';
import { FakePanel } from '../../fakes/vscodeParts';
import { Uri } from '../../fakes/vscodeValues';

const page = (language = 'en') =>
  panelHtml(new FakePanel('x', 'x').webview as unknown as Webview, Uri.file('/ext/dist') as never, language);
const parse = (html: string) => new JSDOM(html).window.document;

function policyOf(html: string): Map<string, string[]> {
  const text = parse(html).querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
  return new Map(
    text.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

describe('the page of the panel', () => {
  it('allows nothing that is not named', () => {
    assert.deepEqual(policyOf(page()).get('default-src'), ["'none'"]);
  });

  it('allows only its own scripts by nonce, and styles, fonts and pictures from its own folder', () => {
    const policy = policyOf(page());
    assert.match(policy.get('script-src')?.join(' ') ?? '', /^'nonce-[\w-]{20,}'$/);
    assert.deepEqual(policy.get('style-src'), ['https://webview.example']);
    assert.deepEqual(policy.get('font-src'), ['https://webview.example']);
    assert.deepEqual(policy.get('img-src'), ['https://webview.example', 'data:']);
    assert.deepEqual([...policy.keys()].toSorted(), ['default-src', 'font-src', 'img-src', 'script-src', 'style-src']);
  });

  it('says which of our pages it is', () => {
    const webview = new FakePanel('x', 'x').webview as unknown as Webview;
    const home = panelHtml(webview, Uri.file('/ext/dist') as never, 'en', 'home');
    assert.equal(parse(home).querySelector<HTMLElement>('#root')?.dataset.page, 'home');
    assert.equal(parse(page()).querySelector<HTMLElement>('#root')?.dataset.page, 'investigation');
    assert.deepEqual([...policyOf(home).keys()], [...policyOf(page()).keys()]);
  });

  it('has neither unsafe sources nor anything inline', () => {
    const html = page();
    assert.doesNotMatch(html, /unsafe-/);
    const document = parse(html);
    assert.deepEqual([document.querySelectorAll('style, [style]').length, document.querySelectorAll('script:not([src])').length], [0, 0]);
    const handlers = [...document.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith('on')),
    );
    assert.deepEqual(handlers, []);
  });

  it('loads its script with the nonce of the policy, which is new each time', () => {
    const html = page();
    const script = parse(html).querySelector('script');
    assert.deepEqual(policyOf(html).get('script-src'), [`'nonce-${script?.getAttribute('nonce')}'`]);
    assert.match(script?.getAttribute('src') ?? '', /\/ext\/dist\/webview\.js$/);
    assert.notEqual(parse(page()).querySelector('script')?.getAttribute('nonce'), script?.getAttribute('nonce'));
  });

  it('names the icon font where the components look for it', () => {
    assert.match(parse(page()).getElementById('vscode-codicon-stylesheet')?.getAttribute('href') ?? '', /\/ext\/dist\/codicon\.css$/);
  });

  it('takes its language as text', () => {
    assert.equal(parse(page('"><script>alert(1)</script>')).documentElement.getAttribute('lang'), '"><script>alert(1)</script>');
  });
});
