import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMarkdown } from '../../../src/knowledge/markdown';
import { createRunbookIndex } from '../../../src/knowledge/runbookIndex';
import { runbookDraft, runbookTitle } from '../../../src/report/runbookDraft';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';

const found = sampleInvestigation('/shop');
const check = {
  type: 'connection_pool' as const,
  isInteresting: true,
  summary: 'All connections are taken.',
  evidence: ['E1'],
  unchecked: [],
};
const alert = {
  title: 'Checkout, errors ["high"]',
  summary: '',
  service: 'checkout',
  metric: null,
  threshold: null,
  observed: null,
  severity: 'high' as const,
  firedAtMs: 0,
  monitorId: null,
};

describe('drafting a runbook from an investigation', () => {
  it('says how it looked, what it was, what to do and how to verify it', () => {
    const [best] = found.hypotheses;
    assert.ok(best);
    const verify = {
      ...found.steps[0],
      id: 'S2',
      title: 'See errors end',
      rationale: 'They stop',
      action: 'verify' as const,
      minutes: 1,
      evidence: ['E1'],
      hypothesis: null,
      link: null,
    };
    const text = runbookDraft('Checkout', {
      ...found,
      hypotheses: [{ ...best, explanation: 'total() reads a price that is missing [E1].' }],
      steps: [...found.steps, verify],
    });
    const { title, sections } = readMarkdown(text, 'name');
    assert.equal(title, 'A change to total() throws');
    assert.deepEqual(
      sections.map(({ heading }) => heading),
      ['A change to total() throws', 'What it looks like', 'What it was', 'Steps', 'Verify that it is over'],
    );
    assert.equal(sections[1]?.text, '- POST /checkout answers 500\n- TypeError in total() `service:checkout status:error`');
    assert.equal(sections[3]?.text, '1. Look: It throws `service:checkout status:error`');
    assert.match(sections[4]?.text ?? '', /^1\. See errors end: They stop/);
    assert.equal(sections[2]?.text, 'total() reads a price that is missing.');
  });

  it('leaves what an earlier runbook said to that runbook', () => {
    const [step] = found.steps;
    assert.ok(step);
    const text = runbookDraft('Checkout', {
      ...found,
      steps: [step, { ...step, id: 'S2', title: 'Follow the runbook “Old”', runbooks: ['K1'] }],
    });
    assert.doesNotMatch(text, /Follow the runbook/);
  });

  it('names services, kinds and the alert, so that the next incident of the kind finds it', () => {
    const text = runbookDraft('Checkout', { ...found, alert, checks: [check] });
    const { about } = readMarkdown(text, 'name');
    assert.deepEqual([about.services, about.types, about.alerts], [['checkout'], ['connection_pool'], ['Checkout  errors  high']]);
    const index = createRunbookIndex([{ origin: 'learned', text, path: 'a.md', root: '/kept', name: 'a' }]);
    const question = { parts: [{ text: 'Checkout errors high', weight: 3 }], services: ['checkout'], types: ['connection_pool'] };
    assert.deepEqual(
      index.search(question, 3).map(({ origin, path, root }) => [origin, path, root]),
      [['learned', 'a.md', '/kept']],
    );
  });

  it('is called after the alert where no cause is known', () => {
    const [best] = found.hypotheses;
    assert.ok(best);
    assert.equal(runbookTitle('Subject', { ...found, hypotheses: [{ ...best, kind: 'unknown' }] }), 'Checkout fails');
    assert.equal(runbookTitle('Subject', {}), 'Subject');
  });

  it('can be drafted from nothing', () => {
    assert.match(runbookDraft('Checkout', {}), /^---\n---\n\n# Checkout\n\nDrafted by AIDog/);
  });

  it('keeps hostile text from being markup, a link, front matter or a section', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>[]()`*_#\n\r-: ,"\'!a.w/|~'), maxLength: 60 }), (hostile) => {
        const incident = { ...found.incident, service: hostile, primarySymptom: `${hostile}<b>http://evil.example` };
        const text = runbookDraft(hostile, { incident, alert: { ...alert, title: hostile, service: null } });
        const { sections, about } = readMarkdown(text, 'name');
        assert.ok(sections.every(({ heading }, at) => at === 0 || heading === 'What it looks like'));
        assert.ok(about.services.length <= 1 && about.alerts.length <= 1);
        assert.doesNotMatch(text, /(?<!\\)<|http:\/\//);
      }),
    );
  });
});
