import assert from 'node:assert/strict';
import type { CodeHit } from '../../../../src/domain/evidence';
import { FunctionLenses } from '../../../../src/ui/editor/codeLens';
import { failingPath, hotPath, load } from '../../../fakes/hotPaths';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { changeSettings, fake, Range, SymbolKind, Uri } from '../../../fakes/vscode';
import { asDocument, at, createSetting, root, settled, silent, type } from './setting';

const file = '/w/src/cart.js';
const text = Array.from({ length: 20 }, (_, line) => `line ${line + 1}`).join('\n');
const functions = (...ranges: [number, number][]) =>
  ranges.map(([from, to]) => ({
    kind: SymbolKind.Function,
    range: new Range(from, 0, to, 0),
    selectionRange: new Range(from, 0, from, 1),
    children: [],
  }));

function hitAt(line: number, changes: Partial<CodeHit> = {}): CodeHit {
  const [hit] = sampleInvestigation(root).codeHits;
  return { ...hit!, workspace: { ...hit!.workspace!, line }, ...changes };
}

function open(files: Record<string, string> = { [file]: text }) {
  const setting = createSetting(files);
  const lenses = new FunctionLenses(setting.code, setting.clock, silent);
  let changes = 0;
  lenses.onDidChangeCodeLenses(() => (changes += 1));
  const document = setting.open(file);
  const provide = (of = document) => lenses.provideCodeLenses(asDocument(of));
  /** The lenses once everything is in place. */
  const shown = async (of = document) => {
    await setting.code.settled;
    provide(of);
    await settled();
    return provide(of);
  };
  const titles = async (of = document) => (await shown(of)).map(({ range, command }) => [range.start.line, command?.title]);
  return { ...setting, lenses, document, provide, shown, titles, changes: () => changes };
}

describe('the lenses of an investigation', () => {
  it('come one per function, with what all hits in it measured, and lead to the evidence', async () => {
    const { investigate, shown } = open();
    fake.symbols = () => functions([1, 5], [10, 15]);
    const codeHits = [hitAt(3), hitAt(4, { requests: 30, errors: 0 }), hitAt(12, { requests: 7, errors: 0, p95Ms: null })];
    const run = investigate({ codeHits });
    const lenses = await shown();
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [1, 'p95 412 ms ▲37 % · 2 % err · incident'],
        [10, '7 req · incident'],
      ],
    );
    assert.deepEqual(
      [lenses[0]!.command?.command, lenses[0]!.command?.arguments],
      ['aidog.showEvidence', [{ runId: run.snapshot.runId, file }]],
    );
  });

  it('count errors, not shares, where only failing frames are known', async () => {
    const { investigate, titles } = open();
    investigate({ codeHits: [hitAt(3, { resource: null, requests: 41, errors: 41, p95Ms: null })] });
    assert.deepEqual(await titles(), [[2, '41 err · incident']]);
  });

  it('answer from the cache at once, also while the language never answers', async () => {
    const { investigate, provide, code } = open();
    fake.symbols = () => new Promise(() => undefined);
    investigate({ codeHits: [hitAt(3)] });
    await code.settled;
    assert.deepEqual([provide(), provide()], [[], []]);
  });

  it('ask the language once for a file, however often they are asked', async () => {
    const { investigate, shown, provide } = open();
    let asked = 0;
    fake.symbols = () => {
      asked += 1;
      return [];
    };
    investigate({ codeHits: [hitAt(3)] });
    await shown();
    for (let time = 0; time < 5; time += 1) provide();
    await settled();
    assert.equal(asked, 1);
  });

  it('stand at the line where the language knows no functions', async () => {
    const { investigate, titles } = open();
    investigate({ codeHits: [hitAt(3)] });
    assert.equal((await titles())[0]![0], 2);
  });

  it('are none for other files, for lines that were deleted, and for places outside the workspace', async () => {
    const { investigate, titles, open: openFile } = open({ [file]: text, '/w/src/other.js': text });
    const deleted = hitAt(3, { workspace: { ...hitAt(3).workspace!, status: 'deleted' } });
    investigate({ codeHits: [deleted, hitAt(3, { workspace: null })] });
    assert.deepEqual([await titles(), await titles(openFile('/w/src/other.js'))], [[], []]);
  });

  it('move with the text while somebody types, and keep their number', async () => {
    const { investigate, document, shown, provide } = open();
    investigate({ codeHits: [hitAt(3), hitAt(12)] });
    await shown();
    const lines = () => provide().map(({ range }) => range.start.line);
    type(document, at(5), 'a\nb\n');
    assert.deepEqual(lines(), [2, 13]);
    type(document, new Range(0, 0, 1, 0), '');
    assert.deepEqual(lines(), [1, 12]);
    type(document, at(1), '\n');
    assert.deepEqual(lines(), [2, 13]);
    type(document, at(2, 0, 6), 'something else');
    assert.deepEqual(lines(), [2, 13]);
  });

  it('stay in sight until new ones are placed, so that the text does not jump', async () => {
    const { investigate, find, shown, provide, code } = open();
    const run = investigate({ codeHits: [hitAt(3)] });
    await shown();
    fake.symbols = () => new Promise(() => undefined);
    find(run.snapshot.runId, { codeHits: [hitAt(3), hitAt(12)] });
    await code.settled;
    assert.equal(provide().length, 1);
    await settled();
    assert.equal(provide().length, 1);
  });

  it('find their lines in a file that was changed and saved since', async () => {
    const { investigate, code, texts, open: openFile, titles } = open({});
    texts.set('/w/src/late.js', text);
    const late = { ...hitAt(3).workspace!, path: 'src/late.js' };
    investigate({ codeHits: [hitAt(3, { workspace: late })] });
    await code.settled;
    texts.set('/w/src/late.js', `new first line\n${text}`);
    assert.equal((await titles(openFile('/w/src/late.js')))[0]![0], 3);
  });

  it('are not rebuilt by progress that says nothing about code', async () => {
    const { investigate, find, code, changes } = open();
    const run = investigate({ codeHits: [hitAt(3)] });
    await code.settled;
    const before = changes();
    find(run.snapshot.runId, { problems: ['slow'] });
    await settled();
    assert.equal(changes(), before);
  });
});

describe('the lenses of the traffic', () => {
  it('need no investigation', async () => {
    const { look, shown } = open();
    await look([hotPath(root)]);
    const [lens] = await shown();
    assert.equal(lens!.command?.title, 'p95 412 ms ▲38 % · 2.1 % err · prod 1h');
    assert.match(lens!.command?.tooltip ?? '', /1,200 requests, 25 errors in checkout\n.*p99 900 ms.*\n.*a day ago\n.*a week ago/);
    assert.match(lens!.command?.tooltip ?? '', /places from 40 spans\nAs of .*\nLast seen /);
    assert.equal(lens!.command?.command, 'aidog.refreshHotPaths');
  });

  it('share the one lens of a function with an investigation, whose numbers come first', async () => {
    const { investigate, look, shown } = open();
    fake.symbols = () => functions([1, 9]);
    investigate({ codeHits: [hitAt(3)] });
    await look([hotPath(root), failingPath(root, 5)]);
    const lenses = await shown();
    assert.equal(lenses.length, 1);
    assert.match(lenses[0]!.command!.title, /incident$/);
    assert.match(lenses[0]!.command!.tooltip!, /Seen in the investigation of "Checkout"[\s\S]*\n\n1,200 requests/);
  });

  it('say that a function had no requests, but only when all traffic was seen', async () => {
    const { look, titles, clock } = open();
    await look([hotPath(root)]);
    await titles();
    await look([], false);
    assert.deepEqual(await titles(), [[2, 'p95 412 ms ▲38 % · 2.1 % err · prod 1h']]);
    await look([]);
    assert.deepEqual(await titles(), [[2, 'no requests · prod 1h']]);
    clock.at += 2 * 86_400_000;
    await look([]);
    assert.deepEqual(await titles(), []);
  });

  it('mark numbers that are old', async () => {
    const { look, titles, code, hotPaths, clock, engine } = open();
    await look([hotPath(root)]);
    clock.at += 40 * 60_000;
    engine.request = () => Promise.reject(new Error('no'));
    await hotPaths.refresh();
    await code.settled;
    assert.deepEqual(await titles(), [[2, 'p95 412 ms ▲38 % · 2.1 % err · prod 1h · as of 40 min. ago']]);
  });

  it('stand on the handler that a route registers, in whatever file it is', async () => {
    const routes = "const { create } = require('./orders');\n\napp.post('/checkout', create);\n";
    const orders = '// orders\n\nasync function create(request, response) {\n  return 1;\n}\n';
    const setting = open({ [file]: routes, '/w/src/orders.js': orders });
    fake.definitions = (uri, position) => {
      assert.deepEqual([uri.fsPath, position.line, position.character], [file, 2, 22]);
      return [{ targetUri: Uri.file('/w/src/orders.js'), targetRange: new Range(2, 0, 4, 1), targetSelectionRange: at(2, 15, 21) }];
    };
    await setting.look([hotPath(root)]);
    assert.deepEqual(await setting.titles(), []);
    assert.deepEqual(await setting.titles(setting.open('/w/src/orders.js')), [[2, 'p95 412 ms ▲38 % · 2.1 % err · prod 1h']]);
  });

  it('obey the settings: off, a threshold, only what is notable, another text', async () => {
    const { look, shown, provide, changes } = open();
    await look([hotPath(root, { now: load({ errors: 0 }), dayAgo: load({ p95Ms: 400 }), weekAgo: load({ p95Ms: 380 }) })]);
    await shown();
    const before = changes();
    changeSettings({ 'aidog.codeLens.template': '{requests} · {changeWeek} · {samples} · {unknown}' });
    assert.equal(provide()[0]!.command?.title, '1,200 req · ▲8.4 % · 40 spans · {unknown}');
    changeSettings({ 'aidog.codeLens.onlyNotable': true });
    assert.deepEqual(provide(), []);
    changeSettings({ 'aidog.codeLens.notablePercent': 8 });
    assert.equal(provide().length, 1);
    changeSettings({ 'aidog.codeLens.minimumRequests': 1201 });
    assert.deepEqual(provide(), []);
    changeSettings({ 'aidog.codeLens.minimumRequests': 1, 'aidog.codeLens.enabled': false });
    assert.deepEqual(provide(), []);
    assert.equal(changes(), before + 5);
  });

  it('hear nothing more once disposed', () => {
    const { lenses, code } = open();
    lenses.dispose();
    code.dispose();
    assert.deepEqual([fake.events.documentChange.listenerCount, fake.events.configuration.listenerCount], [0, 0]);
  });
});
