import assert from 'node:assert/strict';
import { FailingLines } from '../../../../src/ui/editor/failingLines';
import { createFailureDiagnostics } from '../../../../src/ui/editor/failureDiagnostics';
import { failingPath } from '../../../fakes/hotPaths';
import { changeSettings, DiagnosticSeverity, fake } from '../../../fakes/vscode';
import { at, createSetting, root, type } from './setting';

const file = '/w/src/cart.js';
const text = 'function total(cart) {\n  const sum = cart.sum();\n  return sum.toFixed(2);\n}\n';

async function open() {
  const setting = createSetting({ [file]: text });
  const failing = new FailingLines(setting.code);
  const marks = createFailureDiagnostics(failing, setting.clock);
  const document = setting.open(file);
  await setting.look([failingPath(root, 3)]);
  const shown = () => fake.diagnostics[0]!.get(document.uri);
  return { ...setting, failing, marks, document, shown };
}

describe('marks on failing lines', () => {
  it('cover the words of the line, quietly, with the way to the trace', async () => {
    const { shown } = await open();
    const [mark, ...others] = shown();
    assert.deepEqual(others, []);
    assert.deepEqual([mark!.range.start.line, mark!.range.start.character, mark!.range.end.character], [2, 2, 24]);
    assert.deepEqual([mark!.severity, mark!.source], [DiagnosticSeverity.Information, 'AIDog']);
    assert.match(mark!.message, /^TypeError: x is undefined · 7 errors in checkout · last seen /);
    assert.deepEqual([mark!.code?.value, mark!.code?.target.toString()], ['Open in Datadog', 'https://app.datadoghq.com/apm/trace/1']);
  });

  it('go with the line when it is changed, and with the failure when it is over', async () => {
    const { document, shown, look } = await open();
    type(document, at(0), '// above\n');
    assert.equal(shown()[0]!.range.start.line, 3);
    type(document, at(3, 2, 8), 'yield');
    assert.deepEqual(shown(), []);
    type(document, at(3, 2, 7), 'return');
    assert.equal(shown().length, 1);
    await look([]);
    assert.deepEqual([shown(), fake.diagnostics[0]!.has(document.uri)], [[], false]);
  });

  it('are as loud as the settings want, or none', async () => {
    const { shown } = await open();
    changeSettings({ 'aidog.diagnostics.severity': 'warning' });
    assert.equal(shown()[0]!.severity, DiagnosticSeverity.Warning);
    changeSettings({ 'aidog.diagnostics.enabled': false });
    assert.deepEqual(shown(), []);
    changeSettings({ 'aidog.diagnostics.enabled': true, 'aidog.diagnostics.severity': 'hint' });
    assert.equal(shown()[0]!.severity, DiagnosticSeverity.Hint);
  });

  it('lead to the panel where there is no page', async () => {
    const { look, shown } = await open();
    await look([failingPath(root, 3, { failure: { text: 'E', link: null }, link: null })]);
    assert.equal(shown()[0]!.code, undefined);
  });

  it('end with the extension', async () => {
    const { marks } = await open();
    marks.dispose();
    assert.equal(fake.diagnostics[0]!.isDisposed, true);
  });
});
