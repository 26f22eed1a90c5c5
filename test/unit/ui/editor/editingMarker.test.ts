import assert from 'node:assert/strict';
import { EditingMarker, markerWords } from '../../../../src/ui/editor/editingMarker';
import { FailingLines } from '../../../../src/ui/editor/failingLines';
import { failingPath } from '../../../fakes/hotPaths';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { changeSettings, fake, window } from '../../../fakes/vscode';
import { FakeEditor } from '../../../fakes/vscodeParts';
import { at, createSetting, root, type } from './setting';

const file = '/w/src/cart.js';
const other = '/w/src/other.js';
const text = 'function total(cart) {\n  const sum = cart.sum();\n  return sum.toFixed(2);\n}\n';

interface Decoration {
  readonly range: { readonly start: { readonly line: number } };
  readonly hoverMessage: { readonly value: string; readonly isTrusted: unknown };
  readonly renderOptions: { readonly after: { readonly contentText: string } };
}

async function open() {
  const setting = createSetting({ [file]: text, [other]: text });
  const failing = new FailingLines(setting.code);
  const marker = new EditingMarker({ code: setting.code, failing, incidents: setting.incidents });
  let told = 0;
  marker.onDidChange(() => (told += 1));
  const editor = new FakeEditor(setting.open(file), {});
  Object.assign(window, { visibleTextEditors: [editor], activeTextEditor: editor });
  const marks = () => (editor.decorations.at(-1) ?? []) as Decoration[];
  const begin = async () => {
    const run = setting.investigate(sampleInvestigation(root));
    await setting.code.settled;
    return run;
  };
  return { ...setting, marker, editor, document: editor.document, marks, begin, told: () => told };
}

describe('the marker of edits under an open incident', () => {
  it('stands beside the line at fault from the first edit on, with the way to the evidence', async () => {
    const { begin, document, marks, marker } = await open();
    const run = await begin();
    assert.deepEqual([marks(), marker.current], [[], null]);
    type(document, at(0), '// fix\n');
    const [mark] = marks();
    assert.equal(mark!.renderOptions.after.contentText, 'You are editing code under an open incident: Checkout');
    assert.equal(mark!.range.start.line, 3);
    assert.match(mark!.hoverMessage.value, /\[Show the evidence\]\(command:aidog\.showEvidence\?/);
    assert.deepEqual(mark!.hoverMessage.isTrusted, { enabledCommands: ['aidog.showEvidence'] });
    assert.deepEqual([marker.current?.run.snapshot.runId, marker.current?.file], [run.snapshot.runId, file]);
    assert.deepEqual([fake.messages, fake.statusMessages], [[], []]);
  });

  it('is told once for a file and incident, not with every key', async () => {
    const { begin, document, editor, told } = await open();
    await begin();
    for (let key = 0; key < 5; key += 1) type(document, at(0), 'x');
    assert.deepEqual([editor.decorations.length, told()], [1, 1]);
    fake.events.documentClose.fire(document);
    type(document, at(0), 'x');
    assert.deepEqual([editor.decorations.at(-1), told()], [[], 2]);
  });

  it('is none for edits of other files, for changes from disk, and for failures that no investigation knows', async () => {
    const { begin, document, marker, look, open: openFile } = await open();
    await look([failingPath(root, 3)]);
    type(document, at(0), 'x');
    assert.equal(marker.current, null);
    await begin();
    type(openFile(other), at(0), 'x');
    document.isDirty = false;
    fake.events.documentChange.fire({ document, contentChanges: [{ range: at(0), text: 'x' }] });
    assert.equal(marker.current, null);
  });

  it('hears the first key, after which the document is told to be dirty without a change', async () => {
    const { begin, document, marker } = await open();
    await begin();
    fake.events.documentChange.fire({ document, contentChanges: [{ range: at(0), text: 'x' }] });
    assert.deepEqual([marker.current], [null]);
    document.isDirty = true;
    fake.events.documentChange.fire({ document, contentChanges: [] });
    assert.equal(marker.current?.file, file);
  });

  it('stays while the line at fault is being changed', async () => {
    const { begin, document, marks } = await open();
    await begin();
    type(document, at(2, 9, 12), 'amount');
    assert.equal(marks()[0]!.range.start.line, 2);
  });

  it('goes when the monitor alerts no more, when another run is shown, and when it is turned off', async () => {
    const { begin, document, marks, incidents, alerting, marker } = await open();
    await begin();
    type(document, at(0), 'x');
    await incidents.refresh();
    assert.equal(marks().length, 1);
    alerting.length = 0;
    await incidents.refresh();
    assert.deepEqual([marks(), marker.current], [[], null]);
    await incidents.reset();
    await begin();
    type(document, at(0), 'x');
    assert.equal(marks().length, 1);
    changeSettings({ 'aidog.editingMarker.enabled': false });
    assert.deepEqual(marks(), []);
  });

  it('is none when it is turned off or all is well', async () => {
    const { begin, document, marker, investigate, code } = await open();
    changeSettings({ 'aidog.editingMarker.enabled': false });
    await begin();
    type(document, at(0), 'x');
    changeSettings({ 'aidog.editingMarker.enabled': true });
    investigate(sampleInvestigation(root, { verdict: 'healthy' }));
    await code.settled;
    type(document, at(0), 'x');
    assert.equal(marker.current, null);
  });

  it('is drawn in editors that are opened later, and follows the active one', async () => {
    const { begin, document, marker } = await open();
    await begin();
    type(document, at(0), 'x');
    const second = new FakeEditor(document, {});
    Object.assign(window, { visibleTextEditors: [second], activeTextEditor: undefined });
    fake.events.visibleEditors.fire([second]);
    assert.equal(second.decorations.at(-1)?.length, 1);
    assert.equal(marker.current, null);
    marker.dispose();
    assert.deepEqual([fake.events.visibleEditors.listenerCount, fake.events.activeEditor.listenerCount], [0, 0]);
  });

  it('shows the title of an incident as text', () => {
    assert.equal(markerWords('a'), 'You are editing code under an open incident: a');
  });
});
