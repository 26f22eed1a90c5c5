import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { evidenceKinds, lineStatuses, severities, spaced, stageStatuses, stepActions, verdicts } from '../../../webview/words';

describe('the words of the panel', () => {
  it('use glyphs that the icon font has', () => {
    const css = readFileSync('node_modules/@vscode/codicons/dist/codicon.css', 'utf8');
    const tables = [evidenceKinds, lineStatuses, severities, stageStatuses, stepActions, verdicts];
    const icons = tables.flatMap((table) => Object.values(table).map(({ icon }) => icon));
    assert.deepEqual(
      icons.filter((icon) => !css.includes(`.codicon-${icon}:before`)),
      [],
    );
  });

  it('give every severity and verdict a word of its own, for those who do not see colours', () => {
    for (const table of [severities, verdicts, lineStatuses, stageStatuses]) {
      const words = Object.values(table).map(({ text }) => text);
      assert.equal(new Set(words).size, words.length);
    }
  });

  it('write identifiers with spaces', () => {
    assert.equal(spaced('resource_exhaustion_of_pool'), 'resource exhaustion of pool');
  });
});
