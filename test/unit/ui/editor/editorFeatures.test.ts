import assert from 'node:assert/strict';
import type { WorkingTreeLocation } from '../../../../src/domain/frame';
import { createEditorFeatures } from '../../../../src/ui/editor/editorFeatures';
import { Incidents } from '../../../../src/ui/incidents';
import { Investigations } from '../../../../src/ui/investigations';
import { ShownRun } from '../../../../src/ui/shownRun';
import { hotPath, hotPathReport } from '../../../fakes/hotPaths';
import { createFakeEngine } from '../../../fakes/sampleInvestigation';
import { fake } from '../../../fakes/vscode';
import { connection, root, settled, silent } from './setting';

function open() {
  fake.reset();
  const clock = { nowMs: () => 0 };
  const engine = createFakeEngine({ hotPaths: () => hotPathReport([hotPath(root)]) });
  const opened: unknown[][] = [];
  const opener = {
    open: async (place: WorkingTreeLocation | null, deployed: string | null) => opened.push([place?.path, place?.line, deployed]) > 0,
    dispose: () => undefined,
  };
  const connected = async () => connection;
  const incidents = new Incidents({ engine, connection: connected, env: () => null });
  const shown = new ShownRun(new Investigations(engine, clock, silent));
  const features = createEditorFeatures({ shown, incidents, engine, connection: connected, opener, clock, log: silent });
  return { features, engine, opened };
}

describe('what stands beside the code', () => {
  it('asks nothing and starts no timer by being made', () => {
    const { engine } = open();
    assert.deepEqual([engine.asked, fake.lensProviders.length, fake.hoverProviders.length, fake.diagnostics.length], [[], 1, 1, 1]);
  });

  it('lists the hot paths on demand and goes to the one that is chosen', async () => {
    const { features, opened } = open();
    const showing = features.showHotPaths();
    await settled();
    fake.quickPicks[0]!.accept('$(flame) POST /checkout');
    await showing;
    assert.deepEqual(opened, [['src/cart.js', 3, 'src/cart.js:3']]);
  });

  it('forgets what another account said', async () => {
    const { features, engine } = open();
    const showing = features.showHotPaths();
    await settled();
    fake.quickPicks[0]!.hide();
    await showing;
    await features.restart();
    const again = features.showHotPaths();
    assert.deepEqual([fake.quickPicks[1]!.items, engine.asked.length], [[], 1]);
    fake.quickPicks[1]!.hide();
    await again;
  });

  it('gives everything back', () => {
    const { features } = open();
    features.dispose();
    const { documentOpen, documentChange, documentClose, windowState, visibleEditors, activeEditor, configuration } = fake.events;
    const events = [documentOpen, documentChange, documentClose, windowState, visibleEditors, activeEditor, configuration];
    assert.deepEqual(
      events.map(({ listenerCount }) => listenerCount),
      events.map(() => 0),
    );
  });
});
