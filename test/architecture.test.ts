import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const isSource = (file: string) => /^(src|webview)\/.*\.tsx?$/.test(file);
const sources = tracked.filter(isSource);
const tests = tracked.filter((file) => /^test\/.*\.tsx?$/.test(file));
const lineCount = (file: string) => read(file).split('\n').length - 1;
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
const quantile = (numbers: readonly number[], q: number) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * q)]!;

/** Modules that a file imports at run time or for types, as paths from the root without extension, or package names. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(/(?:from|import|require\(|import\()\s*'([^']+)'/g);
  return [...found].map(([, specifier]) =>
    specifier!.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier!) : specifier!,
  );
}

/** `src/code/frames/v8.ts` is in `code`; the roots are in `root`. */
function layerOf(module: string): string | null {
  const found = /^src\/(?:([^/]+)\/)?/.exec(module);
  return found ? (found[1] ?? 'root') : module.startsWith('webview/') ? 'webview' : null;
}

/** What each layer may import besides itself. Whoever is not named here is a root and may import everything. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  protocol: ['domain'],
  signals: ['domain'],
  code: ['domain'],
  diagnosis: ['domain', 'signals', 'code'],
  knowledge: ['domain'],
  agents: ['domain', 'signals', 'code', 'diagnosis', 'knowledge'],
  investigation: ['domain', 'signals', 'code', 'diagnosis', 'knowledge', 'agents'],
  evaluation: ['domain', 'diagnosis'],
  report: ['domain'],
  fix: ['domain'],
  datadog: ['domain'],
  git: ['domain', 'code'],
  github: ['domain'],
  onnx: ['domain'],
  models: ['domain'],
  memory: ['domain'],
  recording: ['domain'],
  sandbox: ['domain', 'recording'],
  demo: ['domain'],
  ui: ['domain', 'protocol', 'report', 'code', 'fix'],
  webview: ['domain', 'protocol'],
};

describe('the architecture', () => {
  it('lets imports go down only, and never sideways between adapters', () => {
    const offences = sources.flatMap((file) => {
      const allowed = mayImport[layerOf(file) ?? ''];
      if (!allowed) return [];
      return importsOf(file)
        .map((module) => [module, layerOf(module)] as const)
        .filter(([, layer]) => layer !== null && layer !== layerOf(file) && !allowed.includes(layer))
        .map(([module]) => `${file} imports ${module}`);
    });
    assert.deepEqual(offences, []);
  });

  it("keeps 'vscode' in src/ui and extension.ts", () => {
    const offences = sources.filter((file) => importsOf(file).includes('vscode') && layerOf(file) !== 'ui' && file !== 'src/extension.ts');
    assert.deepEqual(offences, []);
  });

  it('keeps the domain free of packages', () => {
    const offences = sources.filter((file) => layerOf(file) === 'domain' && importsOf(file).some((module) => !module.startsWith('src/')));
    assert.deepEqual(offences, []);
  });

  it('keeps the UI kit in webview/ui and the chart library in webview/charts', () => {
    const users = (name: string) => sources.filter((file) => importsOf(file).some((module) => module.startsWith(name)));
    assert.deepEqual(
      users('@vscode-elements').filter((file) => !file.startsWith('webview/ui/')),
      [],
    );
    assert.deepEqual(
      users('chart.js').filter((file) => !file.startsWith('webview/charts/')),
      [],
    );
  });

  it('has no default exports, barrels, vague names or escape hatches', () => {
    const offences = sources.flatMap((file) => {
      const text = read(file);
      const name = path.basename(file);
      return [
        /^export default /m.test(text) && 'default export',
        /^(index|utils|helpers|common|misc)\.tsx?$/.test(name) && 'vague name',
        /(Manager|Helper)\.tsx?$/.test(name) && 'vague name',
        /@ts-ignore|@ts-expect-error/.test(text) && 'escape hatch',
        /^export \* from/m.test(text) && 'barrel',
      ]
        .filter((offence) => offence !== false)
        .map((offence) => `${file}: ${offence}`);
    });
    assert.deepEqual(offences, []);
  });

  it('keeps files small: none over 400 lines, nine of ten under 250, half under 100', () => {
    const sizes = sources.map(lineCount);
    assert.deepEqual(
      sources.filter((file) => lineCount(file) > 400),
      [],
    );
    assert.ok(quantile(sizes, 0.9) <= 250, `p90 is ${quantile(sizes, 0.9)}`);
    assert.ok(quantile(sizes, 0.5) <= 100, `the median is ${quantile(sizes, 0.5)}`);
  });

  it('has at least as many lines of tests as of source', () => {
    const [tested, source] = [sum(tests.map(lineCount)), sum(sources.map(lineCount))];
    assert.ok(tested >= source, `${tested} lines of tests for ${source} of source`);
  });

  it('has unit tests only for files that exist, at mirrored paths: module.test.ts or module.aspect.test.ts', () => {
    const orphans = tests
      .filter((file) => /^test\/unit\/.*\.test\.tsx?$/.test(file))
      .map((file) => file.replace(/^test\/unit\//, '').replace(/(\.\w+)?\.test\.tsx?$/, ''))
      .filter(
        (module) =>
          ![`src/${module}.ts`, `src/${module}.tsx`, `${module}.ts`, `${module}.tsx`].some(
            (file) => sources.includes(file) || tracked.includes(file),
          ),
      );
    assert.deepEqual(orphans, []);
  });

  it('has no test that is skipped or runs alone', () => {
    const marked = tests.filter(
      (file) => /\b(it|describe)\.(skip|only)\(|\bthis\.skip\(\)/.test(read(file)) && file !== 'test/architecture.test.ts',
    );
    assert.deepEqual(marked, []);
  });

  it('names only paths and scripts that exist in its documents', () => {
    const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);
    const folders = new Set(tracked.flatMap((file) => parentsOf(file)));
    const offences = tracked
      .filter((file) => /^[A-Z]+\.md$/.test(file))
      .flatMap((document) => {
        const text = read(document);
        const paths = [...text.matchAll(/`((?:src|webview|media|test|scripts|\.ci)\/[\w./-]*)`/g)].map(([, name]) =>
          name!.replace(/\/$/, ''),
        );
        const commands = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
        return [
          ...paths.filter((name) => !tracked.includes(name) && !folders.has(name)).map((name) => `${document}: ${name}`),
          ...commands.filter((name) => !scripts.includes(name)).map((name) => `${document}: npm run ${name}`),
        ];
      });
    assert.deepEqual(offences, []);
  });
});

function parentsOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
