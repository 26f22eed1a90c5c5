import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { contextKeys, createContextKeys } from '../../../src/ui/contextKeys';
import { fake } from '../../fakes/vscode';

/** Every `when` clause of the manifest. */
function whenClauses(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(whenClauses);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'when' && typeof item === 'string' ? [item] : whenClauses(item)));
}

describe('the context keys', () => {
  beforeEach(() => fake.reset());

  it('are the ones that package.json looks at', () => {
    const named = whenClauses(manifest.contributes)
      .map((when) => when.replaceAll(/view == aidog\.\w+/g, '').replace(/'[^']*'/g, ''))
      .flatMap((when) => when.match(/aidog\.\w+/g) ?? []);
    assert.deepEqual([...new Set(named)].toSorted(), [...contextKeys].toSorted());
  });

  it('are told to VS Code only when they change', () => {
    const keys = createContextKeys();
    keys.set('aidog.isRunning', true);
    assert.equal(fake.contexts.get('aidog.isRunning'), true);
    fake.contexts.clear();
    keys.set('aidog.isRunning', true);
    assert.equal(fake.contexts.size, 0);
    keys.set('aidog.isRunning', false);
    assert.equal(fake.contexts.get('aidog.isRunning'), false);
  });
});
