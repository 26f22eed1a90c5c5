import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AgentCall, AnswerStage } from '../../../src/domain/agentTrace';
import type { IncidentCheck } from '../../../src/domain/incidentCheck';
import type { Investigation, Step, TraceEntry } from '../../../src/domain/investigation';
import type { RunbookHit } from '../../../src/domain/runbook';
import { answeredLines, checkLines, citedRunbooks, ruledOutLines, runbookLines, uncheckedLines } from '../../../src/report/diagnosisLines';
import { nextQueryLines } from '../../../src/report/hypothesisLines';
import { paragraph } from '../../../src/report/reportText';
import { shopInvestigation } from '../../fixtures/shopInvestigation';

const check = (over: Partial<IncidentCheck>): IncidentCheck => ({
  type: 'disk_space',
  isInteresting: false,
  summary: '',
  evidence: [],
  unchecked: [],
  ...over,
});
const hit = (over: Partial<RunbookHit>): RunbookHit => ({
  id: 'K1',
  origin: 'workspace',
  title: 'Disk full',
  section: 'First checks',
  path: 'runbooks/disk.md',
  root: '/shop',
  line: 7,
  excerpt: '',
  score: 1,
  matched: [],
  ...over,
});
const step = (runbooks?: readonly string[]): Step => ({
  id: 'S1',
  title: 'Look',
  rationale: '',
  action: 'open_link',
  minutes: 1,
  evidence: [],
  hypothesis: null,
  link: null,
  ...(runbooks ? { runbooks } : {}),
});
const call = (answeredBy: AnswerStage, why: string | null): AgentCall => ({
  inputCharacters: 1,
  outputCharacters: 1,
  tokensIn: 1,
  tokensOut: 1,
  costUsd: 0,
  model: 'ollama:a',
  answeredBy,
  why,
});
const entry = (agent: string, answer: AgentCall): TraceEntry => ({
  at: '',
  stage: 'guide',
  agent,
  ms: 1,
  ok: true,
  note: '',
  call: answer,
});
const usage = (over: Partial<Investigation['usage']>): Investigation['usage'] => ({
  ms: 1,
  apiCalls: 0,
  tokensIn: 1200,
  tokensOut: 34,
  model: 'ollama:a',
  costUsd: 0,
  ...over,
});

describe('the lines about a diagnosis', () => {
  it('wrap sentences within 110 characters and lose no word', () => {
    assert.deepEqual(paragraph('', '  '), []);
    assert.deepEqual(paragraph('one two', '  '), ['  one two']);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1, maxLength: 40 }), (words) => {
        const lines = paragraph(words.join(' '), '   ');
        assert.ok(lines.every((line) => line.length <= 110 && line.startsWith('   ')));
        assert.equal(lines.map((line) => line.trim()).join(' '), words.join(' '));
      }),
    );
  });

  it('name checks that saw something, and count the others, apart from those that had nothing to look at', () => {
    const found = check({ isInteresting: true, summary: '97 % in use.', evidence: ['E3', 'E4'] });
    assert.deepEqual(checkLines([found, check({}), check({})]), [
      '  - disk space: 97 % in use. (E3, E4)',
      '  2 other checks found nothing unusual.',
    ]);
    assert.deepEqual(checkLines([check({})]), ['  1 check found nothing unusual.']);
    assert.deepEqual(checkLines([]), []);
    const told = [{ ...shopInvestigation.hypotheses[0]!, title: '97 % in use' }];
    assert.deepEqual(checkLines([found], told), ['  - disk space: see hypothesis 1.']);
    const many = check({ isInteresting: true, summary: 'Six.', evidence: ['E1', 'E2', 'E3', 'E4', 'E5', 'E6'] });
    assert.deepEqual(checkLines([many]), ['  - disk space: Six. (E1, E2, E3, E4 and 2 more)']);
    const blind = check({ unchecked: ['disks of shop'] });
    assert.deepEqual(checkLines([found, blind]), [
      '  - disk space: 97 % in use. (E3, E4)',
      '  1 other check could not be made, for want of data.',
    ]);
  });

  it('say what was ruled out and why', () => {
    assert.deepEqual(ruledOutLines([{ type: 'code_change', service: 'cart', reason: 'Nothing was deployed.', evidence: ['E1'] }]), [
      '  - code change (cart): Nothing was deployed. (E1)',
    ]);
    assert.deepEqual(ruledOutLines([{ type: 'healthy', service: 'cart', reason: 'Something is wrong.', evidence: [] }]), []);
  });

  it('say once what could not be checked, and no endless list of it', () => {
    assert.deepEqual(uncheckedLines([check({ unchecked: ['memory of cart'] }), check({ unchecked: ['memory of cart'] })]), [
      '  - No data for: memory of cart.',
    ]);
    const many = uncheckedLines([check({ unchecked: Array.from({ length: 9 }, (_, index) => `metric ${index}: none were found`) })]);
    assert.deepEqual(many, ['  - No data for: metric 0; metric 1; metric 2; metric 3; metric 4; metric 5; and 3 other things.']);
  });

  it('tell what to ask next', () => {
    const next = { title: 'Locks of the database', source: 'metrics', query: 'avg:locks{*}', link: 'https://x.example' } as const;
    assert.deepEqual(nextQueryLines(next), [
      '     next     Locks of the database',
      '              avg:locks{*}',
      '              https://x.example',
    ]);
    assert.deepEqual(nextQueryLines({ ...next, source: 'person', query: '', link: null }), ['     next     Locks of the database']);
    assert.deepEqual(nextQueryLines(null), []);
  });

  it('name runbooks with the place of their text, and cite those that are there', () => {
    const hits = [
      hit({}),
      hit({ id: 'K2', origin: 'bundled', section: 'Disk full' }),
      hit({ id: 'K3', origin: 'learned', path: null }),
      hit({ id: 'K4', origin: 'learned', path: 'disk.md', line: 3 }),
    ];
    assert.deepEqual(runbookLines(hits), [
      '  K1   Disk full › First checks (runbooks/disk.md:7)',
      '  K2   Disk full (comes with AIDog)',
      '  K3   Disk full › First checks (learned from incidents)',
      '  K4   Disk full › First checks (kept as disk.md:3)',
    ]);
    assert.equal(citedRunbooks(step(['K2', 'K9']), hits), 'see K2 Disk full');
    assert.equal(citedRunbooks(step(), hits), '');
  });

  it('tell who worded the answers and what it took, and leave why code had to to the problems', () => {
    const answers = [entry('models.a', call('model', null)), entry('agents.a', call('model', null))];
    assert.deepEqual(answeredLines({ trace: answers, usage: usage({}) }), ['1 of 1 answer worded by ollama:a (1,234 tokens, $0.00).']);
    const spending = {
      requests: 1,
      tokens: 9,
      tokensLimit: null,
      costUsd: 0,
      costLimitUsd: 1,
      isCostKnown: false,
      seconds: 1,
      secondsLimit: null,
    };
    assert.deepEqual(answeredLines({ trace: answers, usage: usage({ costUsd: null, spending }) }), [
      '1 of 1 answer worded by ollama:a (1,234 tokens, cost unknown: the limit of $1 could not hold).',
    ]);
    const mixed = [...answers, entry('agents.b', call('fallback', 'the server was silent.'))];
    assert.deepEqual(answeredLines({ trace: mixed, usage: usage({ costUsd: 0.0012 }) }), [
      '1 of 2 answers worded by ollama:a (1,234 tokens, $0.0012).',
    ]);
    const none = [entry('models.a', call('fallback', 'x')), entry('agents.a', call('fallback', 'the key was refused.'))];
    assert.deepEqual(answeredLines({ trace: none, usage: usage({ model: null, tokensIn: 0, tokensOut: 0, costUsd: null }) }), [
      'Worded by code (0 tokens).',
    ]);
    assert.deepEqual(
      answeredLines({ trace: [entry('agents.a', call('fallback', 'No model is set.'))], usage: usage({ model: null }) }),
      [],
    );
  });

  it('let no control character of a text through', () => {
    const evil = '\u001b[2J\u202eevil\nline';
    const lines = [
      ...paragraph(evil, ''),
      ...checkLines([check({ isInteresting: true, summary: evil })]),
      ...ruledOutLines([{ type: 'healthy', service: evil, reason: evil, evidence: [evil] }]),
      ...uncheckedLines([check({ unchecked: [evil] })]),
      ...runbookLines([hit({ title: evil, section: evil, path: evil })]),
    ];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
    for (const line of lines) assert.doesNotMatch(line, /[\u0000-\u001f\u202e]/);
  });
});
