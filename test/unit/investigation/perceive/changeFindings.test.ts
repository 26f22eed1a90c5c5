import assert from 'node:assert/strict';
import { changeFindings } from '../../../../src/investigation/perceive/changeFindings';
import { createRun, gathered } from '../../../fakes/gathered';
import { deployment, GUILTY, INNOCENT, ONSET_MS } from '../../../fakes/incidents';

describe('changeFindings', () => {
  it('tell each change with its time against the onset, the nearest first', () => {
    const run = createRun();
    const flag = { ...deployment(GUILTY, 0), kind: 'feature_flag', title: 'Flag x', commit: null, service: null } as const;
    const found = changeFindings(gathered({ changes: [deployment(INNOCENT, 30), flag, deployment(GUILTY, -5)] }), ONSET_MS, run);
    assert.deepEqual(
      found.map(({ evidence }) => evidence),
      ['E1', 'E2', 'E3'],
    );
    const summaries = run.evidence.all().map(({ summary }) => summary);
    assert.equal(summaries[0], 'Feature flag, as the incident began: Flag x');
    assert.equal(summaries[1], 'Deployment of shop, 5 min after the incident began: Deployed shop 1.1.0; commit aaaaaaa');
    assert.equal(summaries[2], 'Deployment of shop, 30 min before the incident began: Deployed shop 1.1.0; commit bbbbbbb');
    assert.equal(run.evidence.all()[1]?.query, '-source:alert service:shop');
  });

  it('are at most twelve', () => {
    const run = createRun();
    const changes = Array.from({ length: 40 }, (_, index) => deployment(GUILTY, index));
    assert.equal(changeFindings(gathered({ changes }), ONSET_MS, run).length, 12);
  });
});
