import assert from 'node:assert/strict';
import { mineBehavior } from '../../../../src/agents/behaviorMiner/mineBehavior';
import { type DesignInput, recommendationDesigner } from '../../../../src/agents/recommendationDesigner/recommendationDesigner';
import type { Recommendation } from '../../../../src/domain/investigation';
import { caseFile } from '../../../fakes/agentCase';
import { times } from '../../../fakes/behavior';

const draft = (id: string, title: string): Recommendation => ({ id, kind: 'slo', title, rationale: 'As drafted.', evidence: ['E1'] });
const drafts = ['A', 'B', 'C', 'D', 'E'].map((name, index) => draft(`R${index + 1}`, `Draft ${name}`));
const idea = { title: 'Customers without a plan', rationale: 'They fail [E2].', evidence: ['E2'] };
const input = (given: Partial<DesignInput> = {}): DesignInput => ({
  file: caseFile(),
  drafts,
  ideas: [],
  profile: mineBehavior([]),
  ...given,
});

type Answer = Parameters<typeof recommendationDesigner.accept>[0]['recommendations'][number];
const answer = (basis: string, given: Partial<Answer> = {}): Answer => ({
  basis,
  kind: 'dashboard',
  title: 'Show errors by customer',
  rationale: 'It would have shown which customers fail.',
  evidence: ['E2'],
  ...given,
});

describe('recommendations', () => {
  it('are those of code without a model', () => assert.deepEqual(recommendationDesigner.fallback(input()), drafts));

  it('get their reasons from a model, and keep what is recommended', () => {
    const { output } = recommendationDesigner.accept({ recommendations: [answer('R1')] }, input());
    assert.deepEqual(output?.[0], {
      id: 'R1',
      kind: 'slo',
      title: 'Draft A',
      rationale: 'It would have shown which customers fail [E2].',
      evidence: ['E1', 'E2'],
    });
  });

  it('rest on what code said of the same recommendation, and not on what it said of another', () => {
    const counted = drafts.map((one) => (one.id === 'R2' ? { ...one, rationale: 'It fails 4711 times a day.' } : one));
    const designed = (basis: string) =>
      recommendationDesigner.accept(
        { recommendations: [answer(basis, { rationale: 'Orders fail 4711 times.' })] },
        input({ drafts: counted }),
      ).output;
    assert.equal(designed('R2')?.[1]?.rationale, 'Orders fail 4711 times [E2].');
    for (const basis of ['R1', 'new']) assert.equal(designed(basis), null, basis);
  });

  it('are five at most: the three most important of code, ideas, then what a model adds', () => {
    const { output } = recommendationDesigner.accept(
      { recommendations: [answer('new'), answer('new', { title: 'Show errors by plan', rationale: 'It would have shown the plans.' })] },
      input({ ideas: [idea] }),
    );
    assert.deepEqual(
      output?.map(({ id, kind, title }) => [id, kind, title]),
      [
        ['R1', 'slo', 'Draft A'],
        ['R2', 'slo', 'Draft B'],
        ['R3', 'slo', 'Draft C'],
        ['R4', 'hypothesis', 'Idea of the language model, not checked: Customers without a plan'],
        ['R5', 'dashboard', 'Show errors by customer'],
      ],
    );
  });

  it('make a shortcut of what is done again and again', () => {
    const titles = recommendationDesigner
      .fallback(input({ drafts: drafts.slice(0, 1), profile: mineBehavior(times(3)) }))
      .map(({ kind, title }) => [kind, title]);
    assert.deepEqual(titles[1], ['shortcut', 'Make a shortcut of "Open shop/prices.js:4"']);
  });

  it('drop what is not fit', () => {
    const silence = answer('new', { title: 'Silence the alert', rationale: 'Mute the monitor, it can be ignored.' });
    const { output, faults } = recommendationDesigner.accept(
      { recommendations: [answer('R1'), silence] },
      input({ drafts: drafts.slice(0, 1) }),
    );
    assert.equal(output?.length, 1);
    assert.ok(faults.includes('it gives the all-clear'));
    assert.equal(recommendationDesigner.accept({ recommendations: [silence] }, input()).output, null);
  });
});
