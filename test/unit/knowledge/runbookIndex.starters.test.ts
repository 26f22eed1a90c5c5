import assert from 'node:assert/strict';
import { incidentTypes } from '../../../src/domain/incidentCheck';
import { readMarkdown } from '../../../src/knowledge/markdown';
import { evaluateRunbooks, readRunbooks } from '../../benchmarks/runbookEval';

describe("AIDog's own runbooks", () => {
  const starters = readRunbooks('media/runbooks', 'bundled');

  it('are one for each kind of incident', () => {
    const types = starters.flatMap(({ text, name }) => readMarkdown(text, name).about.types);
    assert.deepEqual([...types].sort(), [...incidentTypes].sort());
  });

  it('are concise, and tell signs, checks with commands, mitigation with its risk, verification and follow-up', () => {
    for (const { text, name } of starters) {
      const { sections } = readMarkdown(text, name);
      const names = sections.map(({ heading }) => heading);
      assert.deepEqual(names.slice(1), ['What it looks like', 'First checks', 'Mitigation', 'Verify', 'Follow-up'], name);
      const lines = text.split('\n').length;
      assert.ok(lines >= 40 && lines <= 90, `${name} has ${lines} lines`);
      assert.match(sections[2]?.text ?? '', /```|`/, name);
      assert.match(sections[3]?.text ?? '', /\| risk \|/, name);
    }
  });

  it('name only metrics that the agent, its checks, tracers and Micrometer send', () => {
    const known = [
      /^container\.(?:cpu\.(?:usage|throttled)|memory\.(?:usage|limit))$/,
      /^system\.(?:load\.norm\.1|disk\.in_use|fs\.inodes\.in_use|net\.tcp\.retrans_segs|net\.packets_in\.error)$/,
      /^kubernetes\.containers\.restarts$/,
      /^hikaricp\.connections\.(?:active|pending)$/,
      /^trace\.<operation>(?:\.hits|\.errors)?$/,
    ];
    const named = starters.flatMap(({ text }) =>
      [...text.matchAll(/\b(?:avg|sum|min|max|p\d{2}):([^\s{]+)\{/g)].map(([, metric = '']) => metric),
    );
    assert.ok(named.length >= 12);
    assert.deepEqual(
      named.filter((metric) => !known.some((pattern) => pattern.test(metric))),
      [],
    );
  });

  it('are found, with those of a team, by what alerts say', () => {
    const { scores, questions, unanswerable } = evaluateRunbooks();
    const [ours, plain] = scores;
    assert.ok(questions >= 60 && unanswerable >= 5);
    assert.ok((ours?.recallAt3 ?? 0) >= 0.96, `R@3 is ${ours?.recallAt3}`);
    assert.ok((ours?.recallAt1 ?? 0) >= 0.9, `R@1 is ${ours?.recallAt1}`);
    assert.ok((ours?.falseHits ?? 9) <= 1, `${ours?.falseHits} false hits`);
    assert.ok((ours?.recallAt3 ?? 0) > (plain?.recallAt3 ?? 1) + 0.15);
  });
});
