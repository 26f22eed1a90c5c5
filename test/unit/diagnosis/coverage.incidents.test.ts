import assert from 'node:assert/strict';
import { serverFailed } from '../../../src/domain/errors';
import type { Hypothesis } from '../../../src/domain/hypothesis';
import type { Investigation } from '../../../src/domain/investigation';
import { investigateMini, miniIncidents } from '../../fakes/miniIncidents/all';
import { type MiniIncident, said } from '../../fakes/miniIncidents/world';

const failing = serverFailed('Datadog', 500);
const top = ({ hypotheses }: Investigation) => hypotheses[0] as Hypothesis;
const coverage = (found: Investigation) => top(found).confidenceFactors.find(({ name }) => name === 'coverage');
const withLogs = (one: MiniIncident, logs: MiniIncident['world']['logs']): MiniIncident => ({ ...one, world: { ...one.world, logs } });

describe('confidence in made-up incidents', () => {
  it('falls or stays where logs, spans or changes cannot be read, and never hides that', async () => {
    for (const incident of miniIncidents.slice(0, 10)) {
      const whole = top(await investigateMini(incident));
      const found = await investigateMini(incident, { searchLogs: failing, searchSpans: failing, searchChanges: failing });
      const part = top(found);
      if (part.kind === whole.kind && part.title === whole.title) assert.ok(part.confidence <= whole.confidence, incident.name);
      if ((coverage(found)?.value ?? 1) < 1) assert.match(coverage(found)?.reason ?? '', /so this is less sure$/);
    }
  });

  it('are told apart by logs that are quiet, logs that do not exist, and logs that could not be read', async () => {
    const calm = miniIncidents.find(({ name }) => name === 'a certificate was renewed in time');
    assert.ok(calm);
    const quiet = await investigateMini(withLogs(calm, [said(12, 'order 7 accepted', 'info'), said(3, 'order 8 accepted', 'info')]));
    const absent = await investigateMini(withLogs(calm, []));
    const failed = await investigateMini(calm, { searchLogs: failing });
    assert.deepEqual(
      [quiet, absent, failed].map(({ verdict }) => verdict),
      ['healthy', 'healthy', 'healthy'],
    );
    assert.doesNotMatch(coverage(quiet)?.reason ?? '', /logs/);
    assert.match(coverage(absent)?.reason ?? '', /there are no logs/);
    assert.match(coverage(failed)?.reason ?? '', /logs could not be read/);
    assert.ok(top(absent).confidence < top(quiet).confidence && top(failed).confidence < top(quiet).confidence);
    assert.equal(top(failed).rawConfidence, top(absent).rawConfidence, 'what the evidence weighs stays the same');
  });
});
