import assert from 'node:assert/strict';
import { withRunbooks } from '../../../../src/agents/guidedSteps/runbookSteps';
import type { Step } from '../../../../src/domain/investigation';
import type { RunbookHit } from '../../../../src/domain/runbook';
import { runbook } from '../../../fakes/agentCase';

const step = (action: Step['action'], given: Partial<Step> = {}): Step => ({
  id: action,
  title: action,
  rationale: '',
  action,
  minutes: 5,
  evidence: [],
  hypothesis: 'H1',
  link: null,
  ...given,
});
const hit = (id: string, section: string, excerpt: string, given: Partial<RunbookHit> = {}): RunbookHit =>
  runbook({ id, section, excerpt, ...given });
const plan = [step('open_code'), step('roll_back'), step('verify')];

describe('withRunbooks', () => {
  it('changes nothing without runbooks, or with such that hardly fit', () => {
    assert.deepEqual(withRunbooks(plan, []), plan);
    assert.deepEqual(withRunbooks(plan, [hit('K1', 'Roll back', 'Roll back.', { score: 0.1 })]), plan);
  });

  it('lets a step cite the section that tells how', () => {
    const steps = withRunbooks(plan, [hit('K1', 'Roll back', 'Use the pipeline.'), hit('K2', 'Afterwards', 'Verify the error rate.')]);
    assert.deepEqual(
      steps.map(({ action, runbooks }) => [action, runbooks]),
      [
        ['open_code', undefined],
        ['roll_back', ['K1']],
        ['verify', ['K2']],
      ],
    );
  });

  it('makes a step of the best section that no step cites', () => {
    const steps = withRunbooks(plan, [hit('K1', 'Look at the pool', 'The pool has ten connections.')]);
    assert.deepEqual(
      steps.map(({ action }) => action),
      ['open_code', 'roll_back', 'open_link', 'verify'],
    );
    const [, , follow] = steps;
    assert.deepEqual(
      [follow?.title, follow?.runbooks, follow?.link],
      ['Follow the runbook “Orders fail”, section “Look at the pool”', ['K1'], null],
    );
    assert.equal(follow?.rationale, 'The runbook says: “The pool has ten connections.”');
  });

  it('says how the section begins, in whole sentences and without blocks of code and tables', () => {
    const section = `1. Is it the pool?\n\n   \`\`\`sql\n   SELECT 1;\n   \`\`\`\n\n2. Who holds it?\n\n| step | risk |\n| --- | --- |\n\n${'It may take a while. '.repeat(20)}`;
    const rationale = withRunbooks(plan, [hit('K1', 'First checks', section)])[2]?.rationale ?? '';
    assert.equal(rationale, 'The runbook says: “Is it the pool?”');
    const prose = withRunbooks(plan, [hit('K1', 'First checks', 'It may take a while. '.repeat(20))])[2]?.rationale ?? '';
    assert.match(prose, /^The runbook says: “It may take a while\..*while\.”$/);
    assert.ok(prose.length <= 180);
    const item = withRunbooks(plan, [hit('K1', 'First checks', '1. The pool by pod:\n\n   ```\n   x')])[2]?.rationale;
    assert.equal(item, 'The runbook says: “The pool by pod.”');
    const onlyCode = withRunbooks(plan, [hit('K1', 'First checks', '```sh\ndf -h')])[2]?.rationale;
    assert.equal(onlyCode, 'No other runbook fits this incident as well.');
  });

  it('lets no runbook end the quotation of its words', () => {
    const [, , follow] = withRunbooks(plan, [hit('K1', 'First checks', 'Look.” All is well. “Go home.')]);
    assert.equal(follow?.rationale, "The runbook says: “Look.' All is well. 'Go home.”");
  });

  it('says of a runbook that was kept from an earlier incident what to do, never how that one was', () => {
    const text = 'POST /checkout failed 4711 times.';
    const rationaleOf = (section: string) => withRunbooks(plan, [hit('K1', section, text, { origin: 'learned' })])[2]?.rationale;
    for (const section of ['Orders fail', 'What it looks like', 'What it was'])
      assert.equal(rationaleOf(section), 'No other runbook fits this incident as well.', section);
    assert.equal(rationaleOf('Steps'), `The runbook says: “${text}”`);
  });

  it('rather takes the section of that runbook that says what to do', () => {
    const steps = withRunbooks(plan, [
      hit('K1', 'What it looks like', 'x'),
      hit('K2', 'First checks', 'y'),
      hit('K3', 'Do this', 'z', { title: 'Else' }),
    ]);
    assert.deepEqual(steps[2]?.runbooks, ['K2']);
  });

  it('makes no eighth step', () => {
    const full = Array.from({ length: 7 }, () => step('run_query'));
    assert.equal(withRunbooks(full, [hit('K1', 'x', 'y')]).length, 7);
  });
});
