import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import type { CodeHit } from '../../../src/domain/evidence';
import type { Investigation } from '../../../src/domain/investigation';
import { HitLenses } from '../../../src/ui/codeLens';
import { Investigations } from '../../../src/ui/investigations';
import { ShownRun } from '../../../src/ui/shownRun';
import { createFakeEngine, sampleInvestigation } from '../../fakes/sampleInvestigation';
import { changeSettings, fake, Range, SymbolKind, Uri } from '../../fakes/vscode';
import { FakeDocument } from '../../fakes/vscodeParts';

const silent = { info: () => undefined, error: () => undefined };
const text = Array.from({ length: 20 }, (_, line) => `line ${line + 1}`).join('\n');
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};
const functions = (...ranges: [number, number][]) =>
  ranges.map(([from, to]) => ({
    kind: SymbolKind.Function,
    range: new Range(from, 0, to, 0),
    selectionRange: new Range(from, 0, from, 1),
    children: [],
  }));

function hitAt(line: number, changes: Partial<CodeHit> = {}): CodeHit {
  const [hit] = sampleInvestigation('/w').codeHits;
  return { ...hit!, workspace: { ...hit!.workspace!, line }, ...changes };
}

function open(codeHits: readonly CodeHit[]) {
  fake.reset();
  const engine = createFakeEngine({});
  const investigations = new Investigations(engine, { nowMs: () => 0 }, silent);
  const shown = new ShownRun(investigations);
  const lenses = new HitLenses(shown, silent);
  let changes = 0;
  lenses.onDidChangeCodeLenses(() => (changes += 1));
  const run = investigations.start({ target: { kind: 'monitor', id: 1 }, subject: 'Checkout', repositories: [], link: null });
  const find = (found: Partial<Investigation>) => engine.tell(run.snapshot.runId, { kind: 'found', found });
  find({ codeHits });
  const document = new FakeDocument(Uri.file('/w/src/cart.js'), text);
  const provide = () => lenses.provideCodeLenses(document as unknown as TextDocument);
  return { lenses, document, provide, find, runId: run.snapshot.runId, changes: () => changes };
}

describe('the lenses', () => {
  it('come one per function, with what all hits in it measured, and lead to the evidence', async () => {
    const { provide, runId } = open([hitAt(3), hitAt(4, { requests: 30, errors: 0 }), hitAt(12, { requests: 7, errors: 0, p95Ms: null })]);
    fake.symbols = () => functions([1, 5], [10, 15]);
    provide();
    await settled();
    const lenses = provide();
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [1, 'p95 412 ms ▲37 % · 2 % err · 150 req'],
        [10, '7 req'],
      ],
    );
    assert.deepEqual(
      [lenses[0]!.command?.command, lenses[0]!.command?.arguments],
      ['aidog.showEvidence', [{ runId, file: '/w/src/cart.js' }]],
    );
  });

  it('answer from the cache at once: nothing first, then again when the functions are known', async () => {
    const { provide, changes } = open([hitAt(3)]);
    const before = changes();
    assert.ok(Array.isArray(provide()));
    assert.deepEqual(provide(), []);
    await settled();
    assert.equal(changes(), before + 1);
    assert.equal(provide().length, 1);
  });

  it('ask the language once for a file, however often they are asked', async () => {
    const { provide } = open([hitAt(3)]);
    let asked = 0;
    fake.symbols = () => {
      asked += 1;
      return [];
    };
    for (let time = 0; time < 5; time += 1) provide();
    await settled();
    provide();
    assert.equal(asked, 1);
  });

  it('stand at the line where the language knows no functions', async () => {
    const { provide } = open([hitAt(3)]);
    provide();
    await settled();
    assert.equal(provide()[0]!.range.start.line, 2);
  });

  it('are none for other files, for lines that were deleted, and for places outside the workspace', async () => {
    const deleted = hitAt(3, { workspace: { ...hitAt(3).workspace!, status: 'deleted' } });
    const { lenses, provide } = open([deleted, hitAt(3, { workspace: null })]);
    provide();
    await settled();
    assert.deepEqual(provide(), []);
    assert.deepEqual(lenses.provideCodeLenses(new FakeDocument(Uri.file('/w/src/other.js'), text) as unknown as TextDocument), []);
  });

  it('move with the text while somebody types, and keep their number', async () => {
    const { document, provide } = open([hitAt(3), hitAt(12)]);
    provide();
    await settled();
    const type = (range: Range, typed: string) => fake.events.documentChange.fire({ document, contentChanges: [{ range, text: typed }] });
    type(new Range(5, 0, 5, 0), 'a\nb\n');
    assert.deepEqual(
      provide().map(({ range }) => range.start.line),
      [2, 13],
    );
    type(new Range(0, 0, 1, 0), '');
    assert.deepEqual(
      provide().map(({ range }) => range.start.line),
      [1, 12],
    );
    type(new Range(1, 0, 1, 0), '\n');
    assert.deepEqual(
      provide().map(({ range }) => range.start.line),
      [2, 13],
    );
  });

  it('are placed anew when a file is opened again', async () => {
    const { document, provide } = open([hitAt(3)]);
    provide();
    await settled();
    fake.events.documentClose.fire(document);
    fake.symbols = () => functions([0, 9]);
    assert.deepEqual(provide(), []);
    await settled();
    assert.equal(provide()[0]!.range.start.line, 0);
  });

  it('obey the settings: off, a threshold, another text', async () => {
    const { provide, changes } = open([hitAt(3)]);
    provide();
    await settled();
    const before = changes();
    changeSettings({ 'aidog.codeLens.template': '{requests}' });
    assert.equal(provide()[0]!.command?.title, '120 req');
    changeSettings({ 'aidog.codeLens.minimumRequests': 121 });
    assert.deepEqual(provide(), []);
    changeSettings({ 'aidog.codeLens.minimumRequests': 1, 'aidog.codeLens.enabled': false });
    assert.deepEqual(provide(), []);
    assert.equal(changes(), before + 3);
  });

  it('are not redrawn by progress that brings no hits', () => {
    const { find, changes } = open([hitAt(3)]);
    const before = changes();
    find({ verdict: 'code' });
    assert.equal(changes(), before);
    find({ codeHits: [] });
    assert.equal(changes(), before + 1);
  });

  it('hear nothing more once disposed', () => {
    const { lenses } = open([hitAt(3)]);
    lenses.dispose();
    assert.deepEqual([fake.events.documentChange.listenerCount, fake.events.configuration.listenerCount], [0, 0]);
  });
});
