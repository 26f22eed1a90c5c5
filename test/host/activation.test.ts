import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/ui/commands';
import { extension, leaveMeasurement } from './extension';

describe('the extension in VS Code', () => {
  it('does not start by itself, and starts when it is asked', async () => {
    assert.equal(extension().isActive, false);
    const startMs = performance.now();
    await extension().activate();
    leaveMeasurement({
      name: 'activation as seen by another extension, round trip included',
      value: performance.now() - startMs,
      unit: 'ms',
    });
    assert.equal(extension().isActive, true);
  });

  it('registers every command that it declares', async () => {
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(
      Object.values(commandIds).filter((id) => !known.includes(id)),
      [],
    );
  });

  it('offers each of its settings with the declared default', () => {
    const properties: Record<string, { default: unknown }> = Object.assign(
      {},
      ...[extension().packageJSON.contributes.configuration].flat().map(({ properties }) => properties),
    );
    for (const [key, declared] of Object.entries(properties)) {
      assert.deepEqual(vscode.workspace.getConfiguration().inspect(key)?.defaultValue, declared.default, key);
    }
  });
});
