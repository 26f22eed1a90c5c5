import assert from 'node:assert/strict';
import { copyReport } from '../../../src/ui/copyReport';
import { beginSnapshot } from '../../../src/ui/snapshotState';
import { fake } from '../../fakes/vscode';

describe('copying the report', () => {
  it('puts what is known on the clipboard, also while the run is under way', async () => {
    fake.reset();
    await copyReport({
      target: { kind: 'monitor', id: 1 },
      subject: 'Checkout',
      repositories: [],
      link: null,
      snapshot: beginSnapshot('run', 'Checkout', 0),
    });
    assert.equal(fake.clipboard, '# Checkout\n\n- Outcome: starting\n');
  });
});
