import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AgentRedaction } from '../../../src/agents/agent';
import { incidentSummarizer } from '../../../src/agents/incidentSummarizer/incidentSummarizer';
import { plainSummary } from '../../../src/agents/incidentSummarizer/plainSummary';
import { runAgent } from '../../../src/agents/runAgent';
import { AppError } from '../../../src/domain/errors';
import { agentDeps, caseFile } from '../../fakes/agentCase';
import { goodAnswer, type ScriptedModel, scriptedModel } from '../../fakes/scriptedModel';

const GOOD = {
  sentences: [
    { text: 'Orders of shop fail since a check was taken away.', evidence: ['E2'] },
    { text: 'Commit a1b2c3d did it.', evidence: ['E3'] },
  ],
};
const GOOD_TEXT = 'Orders of shop fail since a check was taken away [E2]. Commit a1b2c3d did it [E3].';
const PLAIN = plainSummary(caseFile());

async function run(model: ScriptedModel | null, given: Parameters<typeof agentDeps>[0] = {}) {
  const deps = agentDeps({ model, ...given });
  const { output, stage, why, call } = await runAgent(incidentSummarizer, caseFile(), deps);
  return { summary: output.summary, stage, why, call, reports: deps.reports };
}

describe('an agent without a model', () => {
  it('answers by code, says so, and asks nobody', async () => {
    const { summary, stage, why, call, reports } = await run(null);
    assert.equal(summary, PLAIN);
    assert.deepEqual([stage, why, call.model], ['fallback', 'No model is set.', null]);
    assert.deepEqual(
      reports.map(({ agent, ok }) => [agent, ok]),
      [['agents.incidentSummarizer', true]],
    );
  });
});

describe('an agent with a model', () => {
  it('takes a valid answer as it came', async () => {
    const { summary, stage, why, call } = await run(scriptedModel(() => GOOD));
    assert.deepEqual([summary, stage, why], [GOOD_TEXT, 'model', null]);
    assert.deepEqual([call.model, call.tokensIn, call.tokensOut, call.costUsd], ['scripted:tiny', 100, 20, 0.001]);
  });

  it('is told the prompt, the case as data, and a schema whose facts are the ones that exist', async () => {
    const model = scriptedModel(() => GOOD);
    await run(model);
    const [request] = model.asked;
    assert.equal(request?.system, 'prompt of incident_summarizer');
    assert.match(request?.messages[0]?.content ?? '', /DATA BEGINS\n(?:\| .*\n)*\| E2 error: shop failed 20 times/);
    const sent = JSON.stringify(request?.schema);
    assert.ok(sent.includes('"enum":["E3","E2","E4","E5","E1"]'), sent);
    assert.ok(sent.includes('"additionalProperties":false') && !sent.includes('maxLength'), sent);
  });

  const wrapped: readonly [string, string][] = [
    ['a fence', `Here you are:\n\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\`\nHope it helps {really}.`],
    ['a block of thoughts', `<think>{"sentences": []} might do?</think>\n${JSON.stringify(GOOD)}`],
    ['prose with braces', `The set {E1, E2} says it. ${JSON.stringify(GOOD)}`],
  ];
  for (const [what, text] of wrapped)
    it(`finds the answer in ${what}`, async () => assert.equal((await run(scriptedModel(() => text))).summary, GOOD_TEXT));

  it('mends what needs no guessing, and says that it did', async () => {
    const sloppy = {
      Sentences: [
        { text: `  ${GOOD.sentences[0]?.text} `, evidence: 'e2', extra: 1 },
        { text: 'Commit a1b2c3d did it [E3].', evidence: [] },
      ],
    };
    const { summary, stage, why } = await run(scriptedModel(() => sloppy));
    assert.deepEqual([summary, stage], [GOOD_TEXT, 'coerced']);
    assert.ok(why);
  });

  it('drops sentences that cite nothing or what does not exist, and keeps the others', async () => {
    const mixed = {
      sentences: [...GOOD.sentences, { text: 'Nobody knows who did this and that.', evidence: [] }],
    };
    const { summary, stage, why } = await run(scriptedModel(() => mixed));
    assert.deepEqual([summary, stage], [GOOD_TEXT, 'coerced']);
    assert.match(why ?? '', /cites nothing/);
  });

  it('gives one turn to mend the rest, told what is wrong', async () => {
    const model = scriptedModel((_, number) => (number === 0 ? { sentences: 7 } : GOOD));
    const { summary, stage, call, reports } = await run(model);
    assert.deepEqual([summary, stage], [GOOD_TEXT, 'repaired']);
    assert.deepEqual([call.tokensIn, call.costUsd], [200, 0.002]);
    const [, assistant, user] = model.asked[1]?.messages ?? [];
    assert.equal(assistant?.content, '{"sentences":7}');
    assert.match(user?.content ?? '', /cannot be used:\n- /);
    assert.deepEqual(
      reports.map(({ agent, call: { answeredBy } }) => [agent, answeredBy]),
      [
        ['models.incidentSummarizer', 'model'],
        ['models.incidentSummarizer', 'repaired'],
        ['agents.incidentSummarizer', 'repaired'],
      ],
    );
  });

  const useless: readonly [string, () => string | object, RegExp][] = [
    ['says nothing', () => '', /it was empty/],
    ['says no JSON', () => 'I would rather not.', /no whole JSON object/],
    ['only thinks', () => '<think>{"sentences":[]}', /no whole JSON object/],
    ['invents facts', () => ({ sentences: GOOD.sentences.map(({ text }) => ({ text, evidence: ['E77'] })) }), /cites nothing/],
    ['says what is not asked', () => ({ verdict: 'healthy', confidence: 1 }), /sentences/],
    [
      'garbles',
      () => ({ sentences: GOOD.sentences.map(() => ({ text: 'Thhe ordderss ooff sshhoopp faaiill noww.', evidence: ['E2'] })) }),
      /doubled/,
    ],
  ];
  for (const [what, say, reason] of useless)
    it(`lets code answer when the model ${what}, twice`, async () => {
      const model = scriptedModel(say);
      const { summary, stage, why, call } = await run(model);
      assert.deepEqual([summary, stage, model.asked.length], [PLAIN, 'fallback', 2]);
      assert.match(why ?? '', reason);
      assert.deepEqual([call.model, call.tokensIn], [null, 200]);
    });

  it('says that an answer was cut', async () => {
    const { why } = await run(scriptedModel(() => '{"sentences": [', { isCut: true }));
    assert.match(why ?? '', /cut before its JSON ended/);
  });

  it('lets code answer when the model fails, with the sentence that says what to do', async () => {
    const refused = new AppError('forbidden', 'The key was refused. Enter it again.');
    const { summary, stage, why, reports } = await run(scriptedModel(() => refused));
    assert.deepEqual([summary, stage, why], [PLAIN, 'fallback', refused.message]);
    assert.deepEqual(
      reports.map(({ agent, ok, note }) => [agent, ok, note]),
      [
        ['models.incidentSummarizer', false, refused.message],
        ['agents.incidentSummarizer', false, `fallback: ${refused.message}`],
      ],
    );
  });

  it('lets code answer when the model is too late, and ends the request', async () => {
    let isEnded = false;
    const late: ScriptedModel = {
      ...scriptedModel(() => GOOD),
      complete: (_, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            isEnded = true;
            reject(signal.reason);
          }),
        ),
    };
    const { stage, why } = await run(late, { limitMs: 5 });
    assert.equal(stage, 'fallback');
    assert.match(why ?? '', /did not answer within/);
    assert.ok(isEnded);
  });

  it('lets code answer when its prompt is missing', async () => {
    const readPrompt = () => Promise.reject(new AppError('internal', 'The prompt is missing.'));
    const { stage, why } = await run(
      scriptedModel(() => GOOD),
      { readPrompt },
    );
    assert.deepEqual([stage, why], ['fallback', 'The prompt is missing.']);
  });

  it('is cancelled at once, also where the model takes no notice', async () => {
    const controller = new AbortController();
    const deaf: ScriptedModel = {
      ...scriptedModel(() => GOOD),
      complete: () => {
        queueMicrotask(() => controller.abort());
        return new Promise(() => undefined);
      },
    };
    await assert.rejects(run(deaf, { signal: controller.signal }), (error) => error instanceof AppError && error.kind === 'cancelled');
    await assert.rejects(run(null, { signal: controller.signal }), (error) => error instanceof AppError && error.kind === 'cancelled');
  });

  it('survives whatever a model says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 200 }), fc.json({ maxDepth: 4 })), async (text) => {
        const { summary } = await run(scriptedModel(() => text));
        assert.equal(summary, PLAIN);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what a model is sent', () => {
  const redaction: AgentRedaction = {
    redact: (text) => text.replaceAll('shop', '<TEXT_1>'),
    restore: (text) => text.replaceAll('<TEXT_1>', 'shop'),
  };

  it('passes the redaction whole, and the answer gets back what was taken', async () => {
    const model = scriptedModel(() => ({
      sentences: GOOD.sentences.map(({ text, evidence }) => ({ text: text.replaceAll('shop', '<TEXT_1>'), evidence })),
    }));
    const { summary, stage } = await run(model, { redaction });
    assert.ok(!JSON.stringify(model.asked).includes('shop'));
    assert.deepEqual([summary, stage], [GOOD_TEXT, 'model']);
  });
});

describe('a good answer of the scripted model', () => {
  it('is taken as it came', async () => {
    const { stage } = await run(scriptedModel((request) => goodAnswer(request)));
    assert.equal(stage, 'model');
  });
});
