import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFrameMapper } from '../../../src/code/mapping';
import { MAPPINGS_PATH, parseMappingRules, ruledKind, ruledPaths, ruleFromCorrection, withRule } from '../../../src/code/mappingRules';
import { AppError } from '../../../src/domain/errors';
import type { StackFrame } from '../../../src/domain/frame';
import { createMemoryRepository, type Tree } from './memoryRepository';

const { signal } = new AbortController();
const read = (...entries: unknown[]) => parseMappingRules(JSON.stringify(entries), 'shop/.aidog/mappings.json');
const frame = (file: string, more: Partial<StackFrame> = {}): StackFrame => ({
  function: null,
  file,
  line: 1,
  column: 1,
  kind: 'app',
  ...more,
});

describe('The rules of a repository', () => {
  it('are read one by one: what is malformed is named, the others count', () => {
    const { rules, problems } = read(
      { stackRoot: '/app/', sourceRoot: 'services/checkout/' },
      { stackRoot: '/app/' },
      { library: 'vendor/**' },
      { stackRoot: '/app/', sourceRoot: '../elsewhere' },
      { stackRoot: '/app/', sourceRoot: '/etc' },
      { stackRoot: '/app/', sourceRoot: 'C:\\' },
      { app: 'vendor/acme/**', more: true },
      'no rule',
      { app: 'vendor/acme/**' },
    );
    assert.equal(rules.length, 3);
    assert.deepEqual(
      problems.map((problem) => /^Rule (\d)/.exec(problem)?.[1]),
      ['2', '4', '5', '6', '7', '8'],
    );
    assert.match(problems[0]!, /shop\/\.aidog\/mappings\.json is left out: it must have "stackRoot" and "sourceRoot"/);
  });

  it('are none when the file is no JSON array, which is said once', () => {
    for (const text of ['', '{', '{}', '"x"', 'null']) {
      const { rules, problems } = parseMappingRules(text, 'x');
      assert.deepEqual(rules, []);
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, /not a JSON array/);
    }
  });

  it('replace the stack root by the source root, for their service, by whole segments', () => {
    const { rules } = read(
      { stackRoot: '/app', sourceRoot: 'services/checkout', service: 'checkout' },
      { stackRoot: 'webpack://web/./src', sourceRoot: 'web/src/' },
      { stackRoot: 'com/acme', sourceRoot: 'src/com/acme' },
      { stackRoot: '', sourceRoot: 'all' },
    );
    const paths = (path: string, service: string | null = null) => ruledPaths(rules, path.split('/'), service);
    assert.deepEqual(paths('app/src/a.js', 'checkout'), ['services/checkout/src/a.js', 'all/app/src/a.js']);
    assert.deepEqual(paths('app/src/a.js', 'cart'), ['all/app/src/a.js']);
    assert.deepEqual(paths('apple/a.js', 'checkout'), ['all/apple/a.js']);
    assert.deepEqual(paths('src/a.ts'), ['web/src/a.ts', 'all/src/a.ts']);
    assert.deepEqual(paths('com/acme/shop/A.java'), ['src/com/acme/shop/A.java', 'all/com/acme/shop/A.java']);
  });

  it('say what is a library and what is not, the first that matches', () => {
    const { rules } = read({ app: 'vendor/acme/**' }, { library: 'vendor/**' });
    assert.equal(ruledKind(rules, ['srv', 'vendor', 'acme', 'a.js']), 'app');
    assert.equal(ruledKind(rules, ['srv', 'vendor', 'other', 'a.js']), 'library');
    assert.equal(ruledKind(rules, ['srv', 'src', 'a.js']), null);
  });
});

describe('A correction by a person', () => {
  it('becomes the rule that replaces what differs', () => {
    assert.deepEqual(ruleFromCorrection(frame('/app/src/a.js'), 'services/checkout/src/a.js', 'checkout'), {
      stackRoot: '/app/',
      sourceRoot: 'services/checkout/',
      service: 'checkout',
    });
    assert.deepEqual(ruleFromCorrection(frame('src/a.js'), 'web/src/a.js'), { stackRoot: '', sourceRoot: 'web/' });
    assert.deepEqual(ruleFromCorrection(frame('/app/a.js'), 'b/renamed.js'), { stackRoot: '/app/a.js', sourceRoot: 'b/renamed.js' });
    assert.deepEqual(ruleFromCorrection(frame('A.java', { function: 'com.acme.A.run' }), 'core/com/acme/A.java'), {
      stackRoot: '',
      sourceRoot: 'core/',
    });
    assert.equal(ruleFromCorrection(frame('<anonymous>'), 'a.js'), null);
  });

  it('leads the same frame to the chosen file, whatever both are called', () => {
    const segment = fc.constantFrom('a', 'b', 'src', 'app');
    const path = fc
      .tuple(fc.array(segment, { maxLength: 4 }), fc.constantFrom('x.js', 'y.js'))
      .map(([folders, name]) => [...folders, name].join('/'));
    fc.assert(
      fc.property(path, path, fc.boolean(), (ran, chosen, isAbsolute) => {
        const rule = ruleFromCorrection(frame(isAbsolute ? `/${ran}` : ran), chosen);
        assert.ok(rule);
        const { rules, problems } = parseMappingRules(withRule(null, rule), 'x');
        assert.deepEqual(problems, []);
        assert.equal(ruledPaths(rules, ran.split('/'), null)[0], chosen);
      }),
    );
  });

  it('is written before the other rules, which stay as they are, and replaces an older correction', () => {
    const first = withRule(null, { stackRoot: '/app/', sourceRoot: 'a/' });
    assert.equal(first, '[\n  {\n    "stackRoot": "/app/",\n    "sourceRoot": "a/"\n  }\n]\n');
    const existing = JSON.stringify([{ note: 'ours' }, { stackRoot: '/app/', sourceRoot: 'a/' }, { library: 'x/**' }]);
    assert.deepEqual(JSON.parse(withRule(existing, { stackRoot: '/app/', sourceRoot: 'b/' })), [
      { stackRoot: '/app/', sourceRoot: 'b/' },
      { note: 'ours' },
      { library: 'x/**' },
    ]);
    assert.deepEqual(JSON.parse(withRule(existing, { app: 'x/**' })).length, 3);
    assert.equal(JSON.parse(withRule(existing, { stackRoot: '/app/', sourceRoot: 'b/', service: 'cart' })).length, 4);
  });

  it('never overwrites a file that cannot be read', () => {
    for (const text of ['{', '{}', '// mine\n[]'])
      assert.throws(
        () => withRule(text, { app: 'x' }),
        (error: unknown) => error instanceof AppError && /not a JSON array/.test(error.message),
      );
    assert.equal(withRule('  ', { app: 'x' }), withRule(null, { app: 'x' }));
  });
});

describe('Mapping with rules', () => {
  const text = 'function discount() {\n  return 1;\n}\n';
  const mapperOf = (now: Tree, rules: unknown) =>
    createFrameMapper([createMemoryRepository({ now: { ...now, [MAPPINGS_PATH]: JSON.stringify(rules) } })]);
  const context = { commit: null, service: 'checkout' };

  it('lets a rule decide before everything else, also between equals', async () => {
    const now = { 'a/src/pricing.js': text, 'b/src/pricing.js': text, 'app/src/pricing.js': text };
    const mapper = mapperOf(now, [{ stackRoot: '/app/', sourceRoot: 'b/' }]);
    const { location } = await mapper.map(frame('/app/src/pricing.js'), context, signal);
    assert.equal(location?.path, 'b/src/pricing.js');
    assert.ok(location.score > 0.8);
    assert.match(location.reason, /A rule in \.aidog\/mappings\.json leads to it/);
  });

  it('tries several source roots for one stack root', async () => {
    const rules = [
      { stackRoot: '/app/', sourceRoot: 'a/' },
      { stackRoot: '/app/', sourceRoot: 'b/' },
    ];
    const { location } = await mapperOf({ 'b/only.js': text }, rules).map(frame('/app/only.js'), context, signal);
    assert.equal(location?.path, 'b/only.js');
  });

  it('takes vendored code for a library until a rule says that it is not', async () => {
    const now = { 'vendor/acme/money/src/Round.php': '<?php\n' };
    const vendored = frame('/app/vendor/acme/money/src/Round.php', { kind: 'library' });
    const without = await mapperOf(now, []).map(vendored, context, signal);
    assert.equal(without.location, null);
    assert.match(without.reason, /a library.*a rule/);
    assert.deepEqual(
      without.candidates.map(({ path }) => path),
      ['vendor/acme/money/src/Round.php'],
    );
    const ruled = await mapperOf(now, [{ app: 'vendor/acme/**' }]).map(vendored, context, signal);
    assert.equal(ruled.location?.path, 'vendor/acme/money/src/Round.php');
  });

  it('leaves out what a rule calls a library', async () => {
    const mapper = mapperOf({ 'src/generated/api.js': text }, [{ library: 'generated/' }]);
    assert.match((await mapper.map(frame('/app/src/generated/api.js'), context, signal)).reason, /A rule .* library/);
  });

  it('says what is wrong with the rules, and goes on', async () => {
    const mapper = mapperOf({ 'src/pricing.js': text }, [{ stackRoot: 1 }, { stackRoot: '/x/', sourceRoot: 'src/' }]);
    assert.equal((await mapper.map(frame('/x/pricing.js'), context, signal)).location?.path, 'src/pricing.js');
    const problems = await mapper.problems(signal);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^Rule 1 in shop\/\.aidog\/mappings\.json/);
  });

  it('reads the rules again when they were saved', async () => {
    const now: Record<string, string> = { 'a/x.js': text, 'b/x.js': text };
    const repository = createMemoryRepository({ now });
    const mapper = createFrameMapper([repository]);
    assert.equal((await mapper.map(frame('/app/x.js'), context, signal)).location, null);
    now[MAPPINGS_PATH] = JSON.stringify([{ stackRoot: '/app/', sourceRoot: 'a/' }]);
    await mapper.filesChanged(repository, [MAPPINGS_PATH], signal);
    assert.equal((await mapper.map(frame('/app/x.js'), context, signal)).location?.path, 'a/x.js');
  });
});
