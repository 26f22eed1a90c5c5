import assert from 'node:assert/strict';
import type { Embeddings } from '../../../../src/domain/embeddings';
import { AppError } from '../../../../src/domain/errors';
import type { Verdict } from '../../../../src/domain/incident';
import type { InvestigationEvent } from '../../../../src/domain/investigation';
import { readStarterRunbooks } from '../../../../src/engine/starterRunbooks';
import type { InvestigationDeps } from '../../../../src/investigation/deps';
import { findRunbooks } from '../../../../src/investigation/knowledge/findRunbooks';
import { Run } from '../../../../src/investigation/run';
import { createStatisticalForecaster } from '../../../../src/signals/forecast/statistical';
import { createFakeRepository } from '../../../fakes/repository';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { createFakeTelemetry } from '../../../fakes/telemetry';

const { incident, hypotheses, culprits } = sampleInvestigation('/shop');
const alertOf = (title: string) => ({
  title,
  summary: '',
  service: null,
  metric: null,
  threshold: null,
  observed: null,
  severity: 'high' as const,
  firedAtMs: 0,
  monitorId: null,
});

function look(title: string, over: Partial<InvestigationDeps> = {}, verdict: Verdict = 'inconclusive', cause = title) {
  const events: InvestigationEvent[] = [];
  const deps: InvestigationDeps = {
    telemetry: createFakeTelemetry({}),
    repositories: [],
    clock: { nowMs: () => 0 },
    log: { info: () => undefined, error: () => undefined },
    forecaster: createStatisticalForecaster(),
    starterRunbooks: readStarterRunbooks,
    ...over,
  };
  const run = new Run(deps, (event) => events.push(event), new AbortController().signal);
  const asked = {
    alert: alertOf(title),
    incident: { ...incident, primarySymptom: '', type: 'unknown' },
    verdict,
    hypotheses: hypotheses.slice(0, 1).map((one) => ({ ...one, kind: 'unknown', title: cause })),
    culprits,
    findings: { failures: [], metrics: [] },
  };
  return { hits: findRunbooks(asked, run), run, events };
}

const own = createFakeRepository({
  commits: [],
  files: { 'runbooks/db.md': '# Connection pool exhausted\nAsk the data team for more connections of the database.' },
});

describe('finding runbooks for an incident', () => {
  it('finds one of those that come with AIDog, and where its text is', async () => {
    const [hit] = await look('x509 certificate has expired').hits;
    assert.equal(hit?.id, 'K1');
    assert.equal(hit?.path, 'runbooks/expired-certificate.md');
    assert.equal(hit?.origin, 'bundled');
  });

  it("puts the team's own first", async () => {
    const hits = await look('database connection pool exhausted', { repositories: [own] }).hits;
    assert.deepEqual(
      hits.slice(0, 2).map(({ origin }) => origin),
      ['workspace', 'bundled'],
    );
  });

  it('finds those that were kept from earlier incidents, and does without them when they cannot be read', async () => {
    const text = '# Connection pool exhausted\nRestart the pooler of the database.';
    const keptRunbooks = async () => createFakeRepository({ root: '/kept', commits: [], files: { 'pool.md': text } });
    const [hit] = await look('database connection pool exhausted', { keptRunbooks }).hits;
    assert.deepEqual([hit?.origin, hit?.root, hit?.path], ['learned', '/kept', 'pool.md']);
    const failing = look('database connection pool exhausted', {
      keptRunbooks: () => Promise.reject(new AppError('internal', 'No folder.')),
    });
    assert.equal((await failing.hits)[0]?.origin, 'bundled');
    assert.deepEqual(failing.run.problems, ['No folder.']);
  });

  it('finds a kept runbook that is called like the alert, though the errors of the incident say much else', async () => {
    const files = { 'a.md': '# Orders fail\n## Steps\n1. Roll back checkout.' };
    const keptRunbooks = async () => createFakeRepository({ root: '/kept', commits: [], files });
    const cause = 'payments fails because acquirer does not answer: issuer network unavailable, connection refused, timeout';
    const found = await look('Orders fail', { keptRunbooks }, 'external', cause).hits;
    assert.ok(found.some(({ title, origin }) => title === 'Orders fail' && origin === 'learned'));
  });

  it('offers no remedy where nothing is wrong any more, but what the team wrote for the alert', async () => {
    const hits = await look('database connection pool exhausted', { repositories: [own] }, 'healthy').hits;
    assert.deepEqual(hits.map(({ title }) => title).sort(), ['Connection pool exhausted', 'Recovered, or a false alarm']);
    assert.equal(hits.find(({ origin }) => origin === 'bundled')?.section, 'First checks');
  });

  it('finds none where none fits, and says in the trace what it looked at', async () => {
    const { hits, events } = look('toner of printer on fourth floor low');
    assert.deepEqual(await hits, []);
    const notes = events.flatMap((event) => (event.kind === 'trace' ? [`${event.entry.agent}: ${event.entry.note}`] : []));
    assert.ok(notes.includes('knowledge.starters: 15 runbooks'));
    assert.ok(notes.includes('knowledge.search: no runbook fits'));
  });

  it('merges what embeddings find', async () => {
    const texts: string[] = [];
    const embeddings: Embeddings = {
      name: 'made-up',
      embed: async (all) => {
        texts.push(...all);
        return all.map((text) => [text.startsWith('Disk is full') || text.startsWith('quota') ? 1 : 0, 0.01]);
      },
    };
    const title = 'quota exceeded: disk is full';
    const words = await look(title).hits;
    const merged = await look(title, { embeddings }).hits;
    assert.equal(texts[0]?.startsWith('quota'), true);
    assert.deepEqual(merged[0]?.title, 'Disk is full');
    assert.ok(words.some((hit) => hit.title === 'Disk is full'));
  });

  it('searches by words alone when embeddings fail, and says why', async () => {
    const failing: Embeddings = { name: 'x', embed: () => Promise.reject(new AppError('unreachable', 'Ollama does not answer.')) };
    const { hits, run } = look('x509 certificate has expired', { embeddings: failing });
    assert.equal((await hits)[0]?.title, 'An expired or wrong certificate');
    assert.deepEqual(run.problems, ['Ollama does not answer.']);
  });

  it('does without the runbooks that come with AIDog when they are missing', async () => {
    const starterRunbooks = () => Promise.reject(new AppError('internal', 'They are missing.'));
    const { hits, run } = look('database connection pool exhausted', { repositories: [own], starterRunbooks });
    assert.equal((await hits).length, 1);
    assert.deepEqual(run.problems, ['They are missing.']);
  });
});
