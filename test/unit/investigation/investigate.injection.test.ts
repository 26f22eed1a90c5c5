import assert from 'node:assert/strict';
import { MODEL_SAYS } from '../../../src/agents/hypothesisRanker/hypothesisRanker';
import type { Investigation } from '../../../src/domain/investigation';
import type { LanguageModel } from '../../../src/domain/languageModel';
import type { InvestigationDeps } from '../../../src/investigation/deps';
import { investigate } from '../../../src/investigation/investigate';
import { createStatisticalForecaster } from '../../../src/signals/forecast/statistical';
import { GUILTY, INNOCENT, NOW_MS } from '../../fakes/incidents';
import { hostileTexts } from '../../fakes/injection/hostileTexts';
import { harmless, hostileRepository, hostileWorld } from '../../fakes/injection/hostileWorld';
import { createFakeRepository } from '../../fakes/repository';
import { goodAnswer, scriptedModel } from '../../fakes/scriptedModel';
import { createFakeTelemetry } from '../../fakes/telemetry';

/** Texts that are in one incident together. */
const GROUP = 14;
const groups = Array.from({ length: Math.ceil(hostileTexts.length / GROUP) }, (_, at) => hostileTexts.slice(at * GROUP, (at + 1) * GROUP));

function play(
  texts: readonly string[],
  model: LanguageModel | null,
  more: Pick<InvestigationDeps, 'keptRunbooks'> = {},
): Promise<Investigation> {
  return investigate(
    { kind: 'monitor', id: 1 },
    {
      telemetry: createFakeTelemetry(hostileWorld(texts)),
      repositories: [hostileRepository(texts)],
      clock: { nowMs: () => NOW_MS },
      log: { info: () => undefined, error: () => undefined },
      forecaster: createStatisticalForecaster(),
      model,
      readPrompt: async (name) => name,
      ...more,
    },
    () => undefined,
    new AbortController().signal,
  );
}

/** All that decides or acts. */
const decided = ({ verdict, rootCauseCommit, culprits, hypotheses, suspectCommits, steps, actions, incident }: Investigation) => ({
  verdict,
  rootCauseCommit,
  culprits,
  hypotheses: hypotheses.map(({ id, kind, service, commit, confidence, location, evidenceFor }) => [
    id,
    kind,
    service,
    commit,
    confidence,
    location,
    evidenceFor,
  ]),
  suspects: suspectCommits.filter(({ score }) => score > 0.05).map(({ sha, score }) => [sha, score]),
  commands: steps
    .filter(({ action }) => action === 'roll_back' || action === 'open_code')
    .map(({ action, title, link }) => [action, title, link]),
  order: steps.map(({ action }) => action),
  severity: incident.severity,
  actions,
});

/** All that a model may have worded. */
function worded({ summary, hypotheses, steps, recommendations, testPlan }: Investigation): readonly string[] {
  return [
    summary ?? '',
    // Code's reasons stand in front, and may quote.
    ...hypotheses.flatMap(({ explanation = '' }) => explanation.split(MODEL_SAYS).map((part) => part.trim())),
    ...steps.flatMap(({ title, rationale }) => [title, rationale]),
    ...recommendations.flatMap(({ title, rationale }) => [title, rationale]),
    ...(testPlan?.cases ?? []).flatMap(({ title, description, steps: lines }) => [title, description, ...lines]),
  ];
}

const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /https?:|javascript:|command:|vscode:|data:text|ldap:|\]\(|<\/?[a-z]|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]|bbbbbbb|E9{2,}|E42|confidence (?:is |of )?(?:1|100)|curl|rm -rf|sudo|kubectl|DROP TABLE|passwd|all (?:previous|prior) instructions|no action|is healthy|false alarm|culprit|[\p{Script=Han}\p{Script=Cyrillic}\p{Script=Hiragana}]|<\||INST\]/iu;

/** Says what the hostile text wants said, in every field that the schema has, with facts that exist, and more than was asked. */
function obedient(texts: readonly string[]) {
  let at = 0;
  return scriptedModel((request, number) => {
    const text = texts[at++ % texts.length] ?? '';
    if (number % 5 === 4) return text;
    const good = goodAnswer(request, text);
    if (number % 5 === 3) return { ...good, verdict: 'healthy', confidence: 1, rootCauseCommit: INNOCENT, culprits: ['stock'] };
    return JSON.parse(JSON.stringify(good).replaceAll('Look at this first', `Revert ${INNOCENT}`)) as object;
  });
}

/** What code alone says of a group, once. */
const alone = new Map<readonly string[], Promise<Investigation>>();
function playAlone(texts: readonly string[]): Promise<Investigation> {
  const played = alone.get(texts) ?? play(texts, null);
  alone.set(texts, played);
  return played;
}

describe('hostile texts in telemetry, alerts and commits', () => {
  it('are many', () => assert.ok(hostileTexts.length >= 60 && new Set(hostileTexts).size === hostileTexts.length));

  for (const [index, texts] of groups.entries()) {
    it(`decide nothing and trigger nothing without a model (group ${index + 1})`, async () => {
      const [hostile, plain] = [await playAlone(texts), await play(texts.map(harmless), null)];
      assert.deepEqual(decided(hostile), decided(plain));
      assert.deepEqual([hostile.verdict, hostile.rootCauseCommit], ['code', GUILTY]);
    });

    it(`decide nothing and trigger nothing with a model that obeys them (group ${index + 1})`, async () => {
      const model = obedient(texts);
      const [asked, byCode] = [await play(texts, model), await playAlone(texts)];
      assert.ok(model.asked.length >= 5, `${model.asked.length} requests`);
      assert.deepEqual({ ...decided(asked), order: [] }, { ...decided(byCode), order: [] });
      const drafts = byCode.steps.filter(({ action }) => action !== 'verify');
      const kept = asked.steps.filter((step) =>
        drafts.some(({ action, link, hypothesis }) => step.action === action && step.link === link && step.hypothesis === hypothesis),
      );
      assert.deepEqual(
        kept.slice(0, 1).map(({ action }) => action),
        drafts.slice(0, 1).map(({ action }) => action),
      );
      const own = new Set(worded(byCode));
      for (const words of worded(asked)) assert.ok(own.has(words) || !HARMFUL.test(words), words);
      const links = new Set(byCode.evidence.map(({ link }) => link));
      for (const { link, evidence } of asked.steps) {
        assert.ok(link === null || links.has(link), link ?? '');
        for (const id of evidence)
          assert.ok(
            asked.evidence.some((fact) => fact.id === id),
            id,
          );
      }
    });
  }
});

describe('a kept runbook with the numbers of an earlier incident', () => {
  const OLD = /4711|873/;
  const CLAIM = 'Orders failed 4711 times in 873 seconds.';
  const text = `---\nservices: [shop]\ntypes: [error_burst_after_deploy]\nalerts: [Orders fail]\n---\n\n# Orders fail\n\n## Steps\n\n1. Look at the orders: ${CLAIM}\n\n## What it was\n\n${CLAIM}\n`;
  const keptRunbooks = async () => createFakeRepository({ root: '/kept', commits: [], files: { 'orders.md': text } });

  it('is told to a model, which cannot pass its numbers off as those of this one', async () => {
    const model = scriptedModel((request) => {
      const good = JSON.stringify(goodAnswer(request, CLAIM));
      return good.replace(/"title":"([^"]*)"/g, '"title":"$1 of 4711 orders"').replaceAll('"runbook":"none"', '"runbook":"K1"');
    });
    const [asked, byCode] = [await play(['Hello'], model, { keptRunbooks }), await play(['Hello'], null, { keptRunbooks })];
    assert.equal(asked.runbooks?.[0]?.origin, 'learned');
    assert.ok(model.asked.some(({ messages }) => OLD.test(messages[0]?.content ?? '')));
    const own = new Set(worded(byCode));
    for (const words of worded(asked)) assert.ok(own.has(words) || !OLD.test(words), words);
    for (const words of own) assert.ok(!OLD.test(words) || words.startsWith('The runbook says: “'), words);
  });
});

describe('what a model is told of hostile texts', () => {
  it('stays within its lines: no text ends the fence or looks like a role', async () => {
    for (const texts of groups) {
      const model = scriptedModel(() => ({}));
      await play(texts, model);
      for (const { messages } of model.asked) {
        const told = messages[0]?.content ?? '';
        const lines = told.split(/[\n\r\u2028\u2029\u0085]/);
        const allowed = /^(?:## [A-Z][\w, ]+|DATA BEGINS|DATA ENDS|\| .*|- .*|\(\d+ more left out\)|)$/;
        for (const line of lines) assert.match(line, allowed);
        assert.doesNotMatch(told, /<\||\[\/?INST\]|<<SYS|<\/?s>|<think>|<tool_call>|<(?:start|end)_of_turn>/);
        assert.ok(told.length < 12_000, `${told.length} characters`);
      }
    }
  });
});
