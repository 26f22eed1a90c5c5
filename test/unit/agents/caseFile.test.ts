import assert from 'node:assert/strict';
import { caseSections, mainReason, strengthOf, toldEvidence, toldHypotheses } from '../../../src/agents/caseFile';
import { measureOf, withOwnWords } from '../../../src/agents/measure';
import { promptText } from '../../../src/agents/promptText';
import { caseFile, fact, hypothesis, runbook } from '../../fakes/agentCase';

describe('what agents are told', () => {
  it('begins with what is settled, and holds the rest as data', () => {
    const text = promptText(caseSections(caseFile()));
    assert.match(
      text,
      /^## Settled by code\n- verdict: code\n- best hypothesis: H1, confidence high\n- commit to blame: a1b2c3d\n- began: 2026-01-02 12:00 UTC\n/,
    );
    const settled = text.slice(0, text.indexOf('## Incident'));
    for (const outside of ['Tidy prices', 'Orders fail', 'shop']) assert.ok(!settled.includes(outside), outside);
    for (const line of text.slice(settled.length).split('\n')) assert.match(line, /^(?:## .*|DATA (?:BEGINS|ENDS)|\| .*|)$/);
  });

  it('names no confidence as a number', () => assert.ok(!/0\.8|80/.test(promptText(caseSections(caseFile())))));

  it('tells first the facts that speak for or against the best hypotheses, and not too many', () => {
    assert.deepEqual(
      toldEvidence(caseFile()).map(({ id }) => id),
      ['E3', 'E2', 'E4', 'E5', 'E1'],
    );
    const many = Array.from({ length: 80 }, (_, index) => fact(`E${index + 1}`, 'x'));
    assert.equal(toldEvidence(caseFile({ evidence: many })).length, 30);
  });

  it('fits into a small context, however much was found', () => {
    const long = 'x '.repeat(400);
    const file = caseFile({
      evidence: Array.from({ length: 60 }, (_, index) => fact(`E${index + 1}`, long)),
      hypotheses: Array.from({ length: 9 }, (_, index) => hypothesis({ id: `H${index + 1}`, title: long, missing: [long, long] })),
      runbooks: Array.from({ length: 9 }, (_, index) => ({
        id: `K${index}`,
        origin: 'workspace' as const,
        title: long,
        section: long,
        path: null,
        root: null,
        line: 1,
        excerpt: long,
        score: 1,
        matched: [],
      })),
    });
    assert.equal(toldHypotheses(file).length, 4);
    assert.ok(promptText(caseSections(file)).length < 10_500);
  });

  it('tells of runbooks, interesting checks and what was ruled out', () => {
    const text = promptText(
      caseSections(
        caseFile({
          checks: [
            { type: 'disk_space', isInteresting: true, summary: 'The disk is full.', evidence: [], unchecked: [] },
            { type: 'contention', isInteresting: false, summary: 'No lock waits.', evidence: [], unchecked: [] },
          ],
          ruledOut: [{ type: 'traffic_surge', service: 'shop', reason: 'Traffic is as usual.', evidence: [] }],
        }),
      ),
    );
    assert.ok(
      text.includes('check disk_space: The disk is full.') && text.includes('ruled out: traffic_surge of shop: Traffic is as usual.'),
    );
    assert.ok(!text.includes('No lock waits'));
  });
});

describe('measureOf', () => {
  it('knows what is told and links that code made', () => {
    const { facts, links, ground } = withOwnWords(measureOf(caseFile()), ['also this']);
    assert.equal(facts.size, 5);
    assert.ok(links.includes('https://app.example.test/E2') && ground.known.includes('also this') && ground.known.includes('Tidy prices'));
  });

  it('takes nothing of a runbook for a fact', () => {
    const runbooks = [runbook({ excerpt: 'The pool of shop has 4711 connections.' })];
    const { ground, shared } = measureOf(caseFile({ runbooks }));
    assert.ok(!ground.known.includes('4711') && !shared.includes('4711'));
  });
});

describe('reasons', () => {
  it('are said without what only strengthens them', () => {
    assert.equal(mainReason(hypothesis()), 'the check that customer.plan exists was removed');
    assert.equal(strengthOf(hypothesis({ confidenceFactors: [] })), hypothesis().title);
  });
});
