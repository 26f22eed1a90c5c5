import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { WorkingTreeLocation } from '../../../src/domain/frame';
import type { InvestigationTarget } from '../../../src/protocol/investigationTarget';
import { createDeepLinks, parseDeepLink } from '../../../src/ui/deepLinks';
import { createFakeReport, createFakeRequests } from '../../fakes/stackEngine';
import { fake, Uri, workspace } from '../../fakes/vscode';

const place = { root: '/shop', path: 'src/cart.js', line: 19, status: 'moved', score: 0.9, reason: '' } as const;
const good = 'service=checkout&commit=fef1cf73fd8f&file=%2Fsrv%2Fshop%2Fsrc%2Fcart.js&line=14';

function open(located: WorkingTreeLocation | null = place) {
  fake.reset();
  workspace.workspaceFolders = [{ uri: Uri.file('/shop') }];
  const { engine, asked } = createFakeRequests({ locate: () => located });
  const report = createFakeReport();
  const opened: [WorkingTreeLocation | null, string | null][] = [];
  const investigated: InvestigationTarget[] = [];
  const opener = { open: async (at: WorkingTreeLocation | null, deployed: string | null) => opened.push([at, deployed]) > 0 };
  const handler = createDeepLinks({ engine, opener, report, investigate: (target) => investigated.push(target) });
  const follow = async (address: string) => handler.handleUri(Uri.parse(`vscode://aidog.aidog${address}`) as never);
  return { follow, asked, report, opened, investigated };
}

describe('links into the editor', () => {
  it('lead from a deployed line to the line that it is now', async () => {
    const { follow, asked, opened } = open();
    await follow(`/open?${good}`);
    const location = { file: '/srv/shop/src/cart.js', line: 14, function: null };
    assert.deepEqual(asked, [['locate', { location, commit: 'fef1cf73fd8f', service: 'checkout', repositories: ['/shop'] }]]);
    assert.deepEqual(opened, [[place, '/srv/shop/src/cart.js:14']]);
  });

  it('need no commit and no service', async () => {
    const { follow, asked } = open();
    await follow('/open?file=a.js&line=1');
    assert.deepEqual([asked[0]![1].commit, asked[0]![1].service], [null, null]);
  });

  it('let the opener say why a place cannot be opened', async () => {
    const { follow, opened } = open(null);
    await follow(`/open?${good}`);
    assert.deepEqual(opened, [[null, '/srv/shop/src/cart.js:14']]);
  });

  it('ask before an investigation, which uses the keys', async () => {
    const { follow, investigated } = open();
    await follow('/investigate?monitor=123');
    assert.deepEqual(investigated, []);
    assert.match(fake.messages[0]!.text, /monitor 123\. Do it\?/);
    assert.match(fake.messages[0]!.detail ?? '', /your keys/);
    fake.answers.push('Investigate');
    await follow('/investigate?monitor=123');
    assert.deepEqual(investigated, [{ kind: 'monitor', id: 123 }]);
  });

  it('do nothing without a folder that may be read', async () => {
    const { follow, asked, report } = open();
    workspace.isTrusted = false;
    await follow(`/open?${good}`);
    await follow('/investigate?monitor=123');
    assert.deepEqual([asked, fake.messages], [[], []]);
    assert.match(report.refused[0]!, /Restricted Mode/);
    assert.equal(report.refused[1], report.refused[0]);
  });

  for (const [address, why] of [
    ['/', /knows \/open and \/investigate/],
    ['/open/../investigate2?monitor=1', /knows \/open and \/investigate/],
    ['/open?line=1', /names no file/],
    ['/open?file=a%00b&line=1', /names no file/],
    ['/open?file=a%E2%80%AEb&line=1', /names no file/],
    [`/open?file=${'a'.repeat(1001)}&line=1`, /names no file/],
    ['/open?file=a.js', /names no line/],
    ['/open?file=a.js&line=0', /names no line/],
    ['/open?file=a.js&line=-1', /names no line/],
    ['/open?file=a.js&line=1e3', /names no line/],
    ['/open?file=a.js&line=1&line=2', /names no line/],
    ['/open?file=a.js&line=1&commit=--upload-pack', /commit in this link/],
    ['/open?file=a.js&line=1&commit=abc', /commit in this link/],
    ['/open?file=a.js&line=1&service=a%20b', /service in this link/],
    ['/investigate', /names no monitor/],
    ['/investigate?monitor=0', /names no monitor/],
    ['/investigate?monitor=1;rm', /names no monitor/],
    ['/investigate?monitor=1&monitor=2', /names no monitor/],
  ] as const) {
    it(`say in one sentence what is wrong with ${address.slice(0, 60)}`, async () => {
      const { follow, asked, report, investigated } = open();
      await follow(address);
      assert.equal(report.refused.length, 1);
      assert.match(report.refused[0]!, why);
      assert.deepEqual([asked, investigated, fake.messages], [[], [], []]);
    });
  }

  it('report what goes wrong on the way', async () => {
    fake.reset();
    workspace.workspaceFolders = [{ uri: Uri.file('/shop') }];
    const report = createFakeReport();
    const { engine } = createFakeRequests({ locate: () => Promise.reject(new Error('down')) });
    const handler = createDeepLinks({ engine, opener: { open: async () => true }, report, investigate: () => undefined });
    await handler.handleUri(Uri.parse(`vscode://aidog.aidog/open?${good}`) as never);
    assert.equal(report.problems.length, 1);
  });

  it('are either understood or refused, whatever they hold', () => {
    fc.assert(
      fc.property(fc.constantFrom('/open', '/investigate', '/'), fc.string(), (path, query) => {
        const link = parseDeepLink(path, query);
        if (typeof link === 'string') return link.length > 20;
        if (link.kind === 'investigate') return Number.isSafeInteger(link.monitor) && link.monitor > 0;
        return Number.isInteger(link.location.line) && link.location.line > 0 && link.location.file.length > 0;
      }),
    );
  });
});
