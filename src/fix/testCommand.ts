/** Files that say how a project is tested: their text by name, for those that lie in one folder. */
export type ProjectFiles = ReadonlyMap<string, string>;

type Rule = (files: ProjectFiles) => string | null;

/** The first rule that has an answer wins: a language's own tool before what may wrap it. */
const RULES: readonly Rule[] = [
  nodeCommand,
  pythonCommand,
  whenPresent('go.mod', 'go test ./...'),
  whenPresent('Cargo.toml', 'cargo test'),
  makeCommand,
  (files) => anyOf(files, ['build.gradle', 'build.gradle.kts']) && (files.has('gradlew') ? './gradlew test' : 'gradle test'),
  (files) => anyOf(files, ['pom.xml']) && (files.has('mvnw') ? './mvnw test' : 'mvn test'),
  rubyCommand,
  (files) => (scriptsOf(files, 'composer.json').test === undefined ? null : 'composer test'),
  whenPresent('mix.exs', 'mix test'),
  (files) => ([...files.keys()].some((name) => /\.(?:sln|csproj|fsproj)$/.test(name)) ? 'dotnet test' : null),
  whenPresent('Package.swift', 'swift test'),
  whenPresent('pubspec.yaml', 'dart test'),
];

/** Names of the files that the rules look at, besides .NET's projects. */
export const PROJECT_FILES: readonly string[] = [
  ...['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb', '.yarnrc.yml'],
  ...['pyproject.toml', 'tox.ini', 'pytest.ini', 'setup.cfg', 'manage.py', 'uv.lock', 'poetry.lock', 'noxfile.py'],
  ...['go.mod', 'Cargo.toml', 'Makefile', 'makefile', 'GNUmakefile', 'build.gradle', 'build.gradle.kts', 'gradlew', 'pom.xml', 'mvnw'],
  ...['Gemfile', 'Rakefile', '.rspec', 'composer.json', 'mix.exs', 'Package.swift', 'pubspec.yaml'],
];

/** What tests the project in one folder; null when nothing says. */
export function testCommand(files: ProjectFiles): string | null {
  for (const rule of RULES) {
    const command = rule(files);
    if (command !== null) return command;
  }
  return null;
}

/** The folders in which a test of these files may be defined: the deepest common one, then its parents; the root is the last. */
export function testFolders(changedPaths: readonly string[]): string[] {
  const [first = [], ...rest] = changedPaths.map((path) => path.split('/').slice(0, -1));
  let length = first.length;
  for (const parts of rest) while (length > 0 && parts.slice(0, length).join('/') !== first.slice(0, length).join('/')) length -= 1;
  return Array.from({ length: length + 1 }, (_, left) => first.slice(0, length - left).join('/'));
}

function whenPresent(name: string, command: string): Rule {
  return (files) => (files.has(name) ? command : null);
}

/** null instead of false, so that the next rule is asked. */
function anyOf(files: ProjectFiles, names: readonly string[]): true | null {
  return names.some((name) => files.has(name)) ? true : null;
}

type PackageJson = {
  readonly scripts: Readonly<Record<string, unknown>>;
  readonly hasDependencies: boolean;
};

/** A worktree has no installed packages yet, so they come first. */
function nodeCommand(files: ProjectFiles): string | null {
  const { scripts, hasDependencies } = packageJson(files);
  const { test } = scripts;
  if (typeof test !== 'string' || /no test specified/i.test(test)) return null;
  const [install, run] = packageTool(files);
  return hasDependencies ? `${install} && ${run}` : run;
}

function packageTool(files: ProjectFiles): readonly [install: string, test: string] {
  if (files.has('pnpm-lock.yaml')) return ['pnpm install --frozen-lockfile', 'pnpm test'];
  if (files.has('yarn.lock')) return [`yarn install ${files.has('.yarnrc.yml') ? '--immutable' : '--frozen-lockfile'}`, 'yarn test'];
  if (files.has('bun.lock') || files.has('bun.lockb')) return ['bun install --frozen-lockfile', 'bun run test'];
  const isLocked = files.has('package-lock.json') || files.has('npm-shrinkwrap.json');
  return [isLocked ? 'npm ci' : 'npm install --no-package-lock', 'npm test'];
}

function packageJson(files: ProjectFiles): PackageJson {
  const parsed = parsedJson(files.get('package.json'));
  const isFull = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return { scripts: scriptsOf(files, 'package.json'), hasDependencies: isFull(parsed.dependencies) || isFull(parsed.devDependencies) };
}

function scriptsOf(files: ProjectFiles, name: string): Readonly<Record<string, unknown>> {
  const { scripts } = parsedJson(files.get(name));
  return typeof scripts === 'object' && scripts !== null ? (scripts as Record<string, unknown>) : {};
}

function parsedJson(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function pythonCommand(files: ProjectFiles): string | null {
  const command = pythonTool(files);
  if (command === null) return null;
  if (files.has('uv.lock')) return `uv run ${command}`;
  return files.has('poetry.lock') ? `poetry run ${command}` : command;
}

function pythonTool(files: ProjectFiles): string | null {
  const project = files.get('pyproject.toml') ?? '';
  if (files.has('pytest.ini') || /pytest/.test(project) || /\[tool:pytest\]/.test(files.get('setup.cfg') ?? '')) return 'python -m pytest';
  if (files.has('tox.ini')) return 'tox';
  if (files.has('noxfile.py')) return 'nox';
  if (files.has('manage.py')) return 'python manage.py test';
  return files.has('pyproject.toml') ? 'python -m unittest' : null;
}

/** A target is named at the start of a line, before a colon that is no assignment. */
function makeCommand(files: ProjectFiles): string | null {
  const text = files.get('Makefile') ?? files.get('makefile') ?? files.get('GNUmakefile');
  const target = text?.split('\n').find((line) => /^(?:test|check)[ \t]*:(?!=)/.test(line));
  return target === undefined ? null : `make ${target.startsWith('test') ? 'test' : 'check'}`;
}

function rubyCommand(files: ProjectFiles): string | null {
  if (!files.has('Gemfile')) return null;
  if (files.has('.rspec') || /rspec/.test(files.get('Gemfile') ?? '')) return 'bundle exec rspec';
  return files.has('Rakefile') ? 'bundle exec rake test' : null;
}
