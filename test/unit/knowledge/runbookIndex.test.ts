import assert from 'node:assert/strict';
import { createRunbookIndex, type RunbookDocument } from '../../../src/knowledge/runbookIndex';
import type { RunbookQuestion } from '../../../src/knowledge/runbookQuestion';

const document = (name: string, text: string, over: Partial<RunbookDocument> = {}): RunbookDocument => ({
  origin: 'workspace',
  text,
  path: `runbooks/${name}.md`,
  root: '/shop',
  name,
  ...over,
});
const bundled = { origin: 'bundled', root: null } as const;
const disk = document('disk', '# Disk full\nNo space.\n\n## Clean up\nRotate the logs of postgres.\n\n## Verify\nWrite a probe.');
const pool = document('pool', '# Connection pool exhausted\nRequests wait.\n\n## Who holds them\nLook for idle transactions.');
const titles = (documents: readonly RunbookDocument[], question: string | RunbookQuestion, limit = 5) =>
  createRunbookIndex(documents)
    .search(question, limit)
    .map(({ title, section }) => `${title} › ${section}`);
const asked = (text: string, over: Partial<RunbookQuestion> = {}): RunbookQuestion => ({
  parts: [{ text, weight: 1 }],
  services: [],
  types: [],
  ...over,
});

describe('searching runbooks', () => {
  it('finds the runbook and the section of it that fits', () => {
    assert.deepEqual(titles([disk, pool], 'NodeDiskFull: rotate logs'), ['Disk full › Clean up']);
    assert.deepEqual(titles([disk, pool], 'db_connection_pool exhausted'), ['Connection pool exhausted › Connection pool exhausted']);
  });

  it('says where the section is, what it says, and which words were found', () => {
    const [hit] = createRunbookIndex([disk, pool]).search('DiskFull: rotated logs!', 3);
    assert.deepEqual(hit, {
      id: 'K1',
      origin: 'workspace',
      title: 'Disk full',
      section: 'Clean up',
      path: 'runbooks/disk.md',
      root: '/shop',
      line: 4,
      excerpt: 'Rotate the logs of postgres.',
      score: 1,
      matched: ['DiskFull', 'rotated', 'logs'],
    });
  });

  it('cites the section that says what to do rather than the one that says what the trouble looks like', () => {
    const words = 'issuer network unavailable acquirer answered 503 charges timeout';
    const text = `# Charges fail\n\n## What it looks like\n\n- ${words}\n- ${words}\n\n## First checks\n\nAsk why charges time out.\n`;
    const index = createRunbookIndex([{ origin: 'workspace', text, path: null, root: null, name: 'charges' }]);
    assert.equal(index.search(words, 1)[0]?.section, 'First checks');
  });

  it('finds none rather than one that shares a word with the question', () => {
    assert.deepEqual(titles([disk, pool], 'the toner of the printer on floor four is low, write a note to facilities'), []);
    assert.deepEqual(titles([disk, pool], ''), []);
    assert.deepEqual(titles([], 'disk full'), []);
  });

  it('does not let numbers and versions speak against a runbook', () => {
    assert.deepEqual(titles([disk, pool], 'disk full 99.7 10.2.3.4 v12 7f3a99c2 4711').length, 1);
  });

  it("puts the team's own runbook before one of AIDog's that fits as well, and behind one that fits much better", () => {
    const text = '# Certificate expired\nRenew the certificate.';
    const other = '# Queue of certificates\nAll about printing and mailing of certificates of attendance, with expired stamps.';
    assert.equal(
      createRunbookIndex([document('a', text, bundled), document('b', text)]).search('certificate expired', 2)[0]?.origin,
      'workspace',
    );
    assert.equal(
      createRunbookIndex([document('a', other), document('b', text, bundled)]).search('certificate expired renew', 2)[0]?.origin,
      'bundled',
    );
  });

  it('prefers the runbook of the service in trouble to one of another', () => {
    const of = (service: string) => document(service, `---\nservices: [${service}]\n---\n# Latency is high\nLook at the queries.`);
    const [first] = createRunbookIndex([of('cart'), of('search')]).search(asked('high latency of queries', { services: ['Search'] }), 1);
    assert.equal(first?.path, 'runbooks/search.md');
  });

  it('finds a runbook by the kind of incident in its front matter', () => {
    const typed = document('typed', '---\ntypes: [disk_space]\n---\n# Volume trouble\nMake room.');
    assert.deepEqual(titles([typed, pool], asked('no idea', { types: ['disk_space'] })), ['Volume trouble › Volume trouble']);
  });

  it("finds the team's own runbook that is called like the alert, however much else the question says", () => {
    const noise = 'acquirer answered 503 issuer network unavailable postgres probe idle transactions rotate logs write wait space';
    const question = asked(noise, { title: 'Orders fail' });
    const parts = [...question.parts, { text: 'Orders fail', weight: 1 }];
    const own = document('orders', '# Orders fail\n## Steps\n1. Roll back checkout.');
    const others = [disk, pool, document('aidog', '# Orders failing\nLook.', bundled)];
    assert.ok(titles([own, ...others], { ...question, parts }).includes('Orders fail › Steps'));
    assert.ok(!titles([own, ...others], { ...question, parts }).includes('Orders failing › Orders failing'));
  });

  it('takes apart words that are written together, and puts together those that are not', () => {
    assert.equal(titles([disk, pool], 'diskfull').length, 1);
    assert.equal(titles([document('t', '# Checkpoint of the database\nPromote.'), pool], 'check point, data base').length, 1);
  });

  it('merges a ranking by meaning', () => {
    const index = createRunbookIndex([disk, pool]);
    const question = 'disk full, connection pool exhausted';
    const [first] = index.search(question, 2);
    const other = index.sections.filter(({ title }) => title !== first?.title);
    const merged = index.search(question, 2, [...other, ...other]);
    assert.equal(merged.length, 2);
    assert.equal(
      index.search(
        question,
        2,
        index.sections.filter(({ title }) => title === first?.title),
      )[0]?.title,
      first?.title,
    );
  });

  it('shows no hidden characters of a runbook', () => {
    const [hit] = createRunbookIndex([document('x', '# Disk\u202e full\nNo \u001b[31mspace\u200b here.'), pool]).search('disk full', 1);
    assert.equal(hit?.title, 'Disk[U+202E] full');
    assert.equal(hit?.excerpt, 'No space here.');
  });

  it('reads a runbook of two megabytes', () => {
    const large = document('large', `# Large\n${'## Part\nword other thing\n'.repeat(20_000)}\n## Needle\nThe xylophone is stuck.`);
    assert.deepEqual(titles([large, pool], 'xylophone stuck'), ['Large › Needle']);
  });
});
