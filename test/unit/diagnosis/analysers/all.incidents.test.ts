import assert from 'node:assert/strict';
import { incidentTypes } from '../../../../src/domain/incidentCheck';
import { investigateMini, miniIncidents } from '../../../fakes/miniIncidents/all';

describe('verdicts of made-up incidents', () => {
  for (const incident of miniIncidents)
    it(`${incident.verdict}: ${incident.name}`, async () => {
      const { verdict, hypotheses, rootCauseCommit, checks } = await investigateMini(incident);
      assert.equal(verdict, incident.verdict, hypotheses.map(({ kind, title }) => `${kind}: ${title}`).join('\n'));
      assert.equal(rootCauseCommit, incident.commit);
      const seen = checks?.filter(({ isInteresting }) => isInteresting).map(({ type }) => type);
      if (incident.type !== null) assert.ok(seen?.includes(incident.type), `${incident.type} was not seen, but ${seen}`);
    });

  it('rest on facts that exist, and every type of incident was checked', async () => {
    for (const incident of miniIncidents.slice(0, 12)) {
      const { hypotheses, evidence, checks, ruledOut } = await investigateMini(incident);
      const known = new Set(evidence.map(({ id }) => id));
      const cited = [
        ...hypotheses.flatMap((one) => one.evidenceFor),
        ...[...(checks ?? []), ...(ruledOut ?? [])].flatMap((one) => one.evidence),
      ];
      assert.deepEqual(
        cited.filter((id) => !known.has(id)),
        [],
      );
      assert.deepEqual(new Set(checks?.map(({ type }) => type)), new Set(incidentTypes));
    }
  });
});
