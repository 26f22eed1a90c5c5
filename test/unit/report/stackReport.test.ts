import assert from 'node:assert/strict';
import type { ResolvedException, ResolvedFrame, ResolvedTrace } from '../../../src/domain/resolvedTrace';
import { stackReport } from '../../../src/report/stackReport';

const frame = (more: Partial<ResolvedFrame> = {}): ResolvedFrame => ({
  function: 'discount',
  file: '/srv/shop/src/pricing.js',
  line: 14,
  column: 9,
  kind: 'app',
  range: null,
  workspace: null,
  deployed: null,
  candidates: [],
  reason: '',
  ...more,
});

type Place = NonNullable<ResolvedFrame['workspace']>;

const placed = (place: Partial<Place> = {}, more: Partial<ResolvedFrame> = {}): ResolvedFrame => {
  const workspace: Place = { root: '/code', path: 'src/pricing.js', line: 14, status: 'exact', score: 0.9, reason: 'It is.', ...place };
  return frame({ workspace, reason: workspace.reason, ...more });
};

const library = frame({
  function: 'Layer.handle',
  file: '/srv/node_modules/express/layer.js',
  line: 95,
  kind: 'library',
  reason: 'A library.',
});

const exception = (frames: readonly ResolvedFrame[], more: Partial<ResolvedException> = {}): ResolvedException => ({
  type: 'TypeError',
  message: 'no percent',
  relation: null,
  frames,
  ...more,
});

const trace = (...exceptions: ResolvedException[]): ResolvedTrace => ({
  language: 'javascript',
  exceptions,
  culpritFrame: 0,
  commit: null,
  service: null,
  range: { start: 0, end: 1 },
});

const report = (traces: readonly ResolvedTrace[], hasColour = false) => stackReport(traces, { pathOf: ({ path }) => path, hasColour });

describe('The report on stack traces', () => {
  it('names file and line of the workspace so that a terminal can open them, and marks where to look', () => {
    const text = report([trace(exception([placed({ line: 17, status: 'moved', reason: 'It moved.' }), library]))]);
    assert.equal(
      text,
      [
        'TypeError: no percent',
        '» discount      → src/pricing.js:17 (moved from 14)',
        '                  It moved.',
        '  Layer.handle    /srv/node_modules/express/layer.js:95:9  library',
        '',
      ].join('\n'),
    );
  });

  it('does not call a line moved that a source map leads to', () => {
    const deployed = { file: 'src/pricing.ts', line: 40, function: null };
    const text = report([trace(exception([placed({ path: 'src/pricing.ts', line: 40, status: 'unknown' }, { line: 1, deployed })]))]);
    assert.match(text, /src\/pricing\.ts:40\n/);
  });

  it('says which commit lines were followed from', () => {
    const known = { ...trace(exception([placed()])), commit: 'c0ffee1234567890c0ffee1234567890c0ffee12' };
    assert.match(report([known]), /^TypeError: no percent\n {2}ran at c0ffee1\n» /);
    assert.match(report([{ ...known, commit: 'v1.4.2' }]), /\n {2}ran at v1\.4\.2\n/);
  });

  it('says what became of the line', () => {
    const lineFor = (status: Place['status']) => report([trace(exception([placed({ status })]))]).split('\n')[1];
    assert.match(lineFor('exact') ?? '', /:14 \(unchanged\)$/);
    assert.match(lineFor('edited') ?? '', /:14 \(edited since\)$/);
    assert.match(lineFor('deleted') ?? '', /:14 \(deleted since\)$/);
    assert.match(lineFor('unknown') ?? '', /:14$/);
    const edited = report([trace(exception([placed({ status: 'edited', line: 20 })]))]);
    assert.match(edited, /:20 \(edited since, was 14\)\n/);
  });

  it('says why a frame of the program has no place, with the files it might be', () => {
    const candidates = ['a', 'b', 'c', 'd'].map((name) => ({ root: '/code', path: `${name}/pricing.js`, score: 0.4 }));
    const text = report([trace(exception([frame({ reason: 'Not sure enough.', candidates })]))]);
    assert.match(text, /^» discount {4}\/srv\/shop\/src\/pricing\.js:14:9\n/m);
    assert.match(text, /Not sure enough\. Candidates: a\/pricing\.js, b\/pricing\.js, c\/pricing\.js and 1 more\n/);
  });

  it('gives no reason where a place says enough, but always where to look first', () => {
    const reasonAt = (at: number, place: Partial<Place>) => {
      const frames = [placed({ reason: 'First.' }), placed({ ...place, reason: 'Second.' }, { line: 15 })];
      return report([{ ...trace(exception(frames)), culpritFrame: at }]).match(/First|Second/g);
    };
    assert.deepEqual(reasonAt(0, {}), ['First']);
    assert.deepEqual(reasonAt(1, {}), ['Second']);
    assert.deepEqual(reasonAt(0, { score: 0.6 }), ['First', 'Second']);
    assert.deepEqual(reasonAt(0, { status: 'edited' }), ['First', 'Second']);
    assert.deepEqual(reasonAt(0, { status: 'unknown' }), ['First', 'Second']);
  });

  it('gives a reason once when frames in a row share it', () => {
    const unsure = [placed({ score: 0.6 }), placed({ score: 0.6 }, { line: 15 })];
    assert.equal(report([trace(exception(unsure))]).match(/It is\./g)?.length, 1);
  });

  it('names how exceptions belong together, and counts the marked frame over all of them', () => {
    const relations = (['cause', 'context', 'suppressed', 'group'] as const).map((relation) => exception([library], { relation }));
    const text = report([{ ...trace(exception([library]), ...relations, exception([placed()], { message: '' })), culpritFrame: 5 }]);
    assert.deepEqual(text.match(/^(?:Caused by|While handling|Suppressed|In the group|TypeError$)/gm), [
      'Caused by',
      'While handling',
      'Suppressed',
      'In the group',
      'TypeError',
    ]);
    assert.match(text, /TypeError\n» discount/);
    assert.equal(text.match(/»/g)?.length, 1);
  });

  it('counts a frame that repeats, and leaves out the end of what is very long', () => {
    const recursion = report([trace(exception([placed(), placed(), placed(), library]))]);
    assert.match(recursion, /src\/pricing\.js:14 \(unchanged\) \(3 times\)\n/);
    const different = Array.from({ length: 140 }, (_, at) => frame({ line: at + 1 }));
    assert.match(report([trace(exception(different))]), / {2}… 40 more frames; --json shows all\n$/);
    const same = Array.from({ length: 5_000 }, () => frame());
    assert.match(report([trace(exception(same))]), /\(5,000 times\)\n$/);
  });

  it('parts traces by an empty line', () => {
    const one = trace(exception([placed()]));
    assert.equal(report([one, one]).split('\n\n').length, 2);
  });

  it('is coloured only when asked: what is not the program is dim', () => {
    const traces = [trace(exception([placed(), library]))];
    assert.ok(!report(traces).includes('\u001b'));
    const coloured = report(traces, true).replaceAll('\u001b', 'ESC');
    assert.match(coloured, /ESC\[2m {2}Layer\.handle[^\n]+ESC\[0m\n/);
    assert.match(coloured, /ESC\[1msrc\/pricing\.js:14ESC\[0m/);
  });

  it('lets no control character and no line break of a trace through', () => {
    const evil = 'x\u001b[2J\u0007\n\u202ey';
    const frames = [placed({ path: evil, reason: evil }, { function: evil }), frame({ file: evil, kind: 'library' })];
    const text = report([trace(exception(frames, { type: evil, message: evil }))]);
    assert.equal(text.split('\n').length, 5);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});
