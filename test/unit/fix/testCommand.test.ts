import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PROJECT_FILES, testCommand, testFolders } from '../../../src/fix/testCommand';

const files = (texts: Record<string, string>) => new Map(Object.entries(texts));
const node = (content: unknown, more: Record<string, string> = {}) => files({ 'package.json': JSON.stringify(content), ...more });
const tested = { scripts: { test: 'mocha' } };
const needy = { ...tested, devDependencies: { mocha: '1' } };

describe('the command that tests a project', () => {
  const cases: readonly [string, ReadonlyMap<string, string>, string | null][] = [
    ['npm without dependencies', node(tested), 'npm test'],
    ['npm with a lock file', node(needy, { 'package-lock.json': '' }), 'npm ci && npm test'],
    ['npm without a lock file', node(needy), 'npm install --no-package-lock && npm test'],
    ['Yarn 1', node(needy, { 'yarn.lock': '' }), 'yarn install --frozen-lockfile && yarn test'],
    ['Yarn 4', node(needy, { 'yarn.lock': '', '.yarnrc.yml': '' }), 'yarn install --immutable && yarn test'],
    ['pnpm', node(needy, { 'pnpm-lock.yaml': '', 'package-lock.json': '' }), 'pnpm install --frozen-lockfile && pnpm test'],
    ['Bun', node(needy, { 'bun.lock': '' }), 'bun install --frozen-lockfile && bun run test'],
    ["npm's placeholder", node({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }), null],
    ['a package without scripts', node({}), null],
    ['a package that is no JSON', files({ 'package.json': '{' }), null],
    ['a package that is JSON of another kind', files({ 'package.json': 'null' }), null],
    ['pytest', files({ 'pyproject.toml': '[tool.pytest.ini_options]' }), 'python -m pytest'],
    ['pytest with uv', files({ 'pyproject.toml': 'dependencies = ["pytest"]', 'uv.lock': '' }), 'uv run python -m pytest'],
    ['pytest with Poetry', files({ 'pytest.ini': '', 'poetry.lock': '' }), 'poetry run python -m pytest'],
    ['pytest in setup.cfg', files({ 'setup.cfg': '[tool:pytest]' }), 'python -m pytest'],
    ['tox', files({ 'tox.ini': '' }), 'tox'],
    ['nox', files({ 'noxfile.py': '' }), 'nox'],
    ['Django', files({ 'manage.py': '' }), 'python manage.py test'],
    ['plain Python', files({ 'pyproject.toml': '' }), 'python -m unittest'],
    ['Go', files({ 'go.mod': '' }), 'go test ./...'],
    ['Rust', files({ 'Cargo.toml': '' }), 'cargo test'],
    ['make', files({ Makefile: 'all:\n\ttrue\ntest: all\n\ttrue\n' }), 'make test'],
    ['make check', files({ GNUmakefile: 'check:\n' }), 'make check'],
    ['an assignment in a Makefile', files({ Makefile: 'test := x\ntests: x\n\ttest: y\n' }), null],
    ['Gradle with its wrapper', files({ 'build.gradle.kts': '', gradlew: '' }), './gradlew test'],
    ['Gradle', files({ 'build.gradle': '' }), 'gradle test'],
    ['Maven with its wrapper', files({ 'pom.xml': '', mvnw: '' }), './mvnw test'],
    ['Maven', files({ 'pom.xml': '' }), 'mvn test'],
    ['RSpec', files({ Gemfile: "gem 'rspec'" }), 'bundle exec rspec'],
    ['Rake', files({ Gemfile: '', Rakefile: '' }), 'bundle exec rake test'],
    ['a Gemfile alone', files({ Gemfile: '' }), null],
    ['Composer', files({ 'composer.json': '{"scripts":{"test":"phpunit"}}' }), 'composer test'],
    ['Mix', files({ 'mix.exs': '' }), 'mix test'],
    ['.NET', files({ 'Shop.sln': '' }), 'dotnet test'],
    ['Swift', files({ 'Package.swift': '' }), 'swift test'],
    ['Dart', files({ 'pubspec.yaml': '' }), 'dart test'],
    ['nothing', files({}), null],
  ];
  for (const [name, given, expected] of cases)
    it(`is ${expected ?? 'not known'} for ${name}`, () => {
      assert.equal(testCommand(given), expected);
    });

  it("prefers the language's own tool to what wraps it, and goes on where that has no tests", () => {
    assert.equal(testCommand(node(tested, { Makefile: 'test:\n' })), 'npm test');
    assert.equal(testCommand(node({}, { Makefile: 'test:\n' })), 'make test');
  });

  it('never contains a word of the files, whatever they say', () => {
    const words = /^[\w ./:&-]+$/;
    const name = fc.constantFrom(...PROJECT_FILES);
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(fc.string(), fc.constant('test: $(rm -rf /)\n'), fc.json())), (texts) => {
        const command = testCommand(files(texts));
        if (command !== null) assert.match(command, words);
      }),
    );
  });
});

describe('the folders that may say how to test', () => {
  it('lead from the deepest common one to the root', () => {
    assert.deepEqual(testFolders(['services/checkout/src/a.js', 'services/checkout/test/a.js']), ['services/checkout', 'services', '']);
    assert.deepEqual(testFolders(['services/checkout/a.js', 'services/catalog/b.js']), ['services', '']);
    assert.deepEqual(testFolders(['a/b.js']), ['a', '']);
  });

  it('are the root alone for files without a common folder, and for none', () => {
    assert.deepEqual(testFolders(['a/x.js', 'ab/y.js']), ['']);
    assert.deepEqual(testFolders(['README.md', 'src/deep/x.js']), ['']);
    assert.deepEqual(testFolders([]), ['']);
  });
});
