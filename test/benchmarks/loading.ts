import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { trimDatadogClient } from '../../scripts/trimDatadogClient.mjs';
import { type Measurement, median } from './measurement';

const root = path.resolve(__dirname, '..', '..');
const dist = path.join(root, 'dist');
const rounds = 9;

/** Bytes of what ships, one figure a file. */
export function measureBundleSizes(): Measurement[] {
  return readdirSync(dist)
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => ({ name: `dist/${name}`, value: statSync(path.join(dist, name)).size / 1000, unit: 'kB' }));
}

interface Loaded {
  readonly ms: number;
  readonly rssMb: number;
}

/** Loads a module in a fresh process; `prelude` runs before the clock starts. */
function load(expression: string, prelude = ''): Loaded {
  const script = `${prelude};const at=performance.now();${expression};
    process.stdout.write(JSON.stringify({ms:performance.now()-at,rssMb:process.memoryUsage.rss()/1e6}));process.exit(0)`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' })) as Loaded;
}

const medianMs = (expression: string, prelude?: string, times = rounds) =>
  median(Array.from({ length: times }, () => load(expression, prelude).ms));

/** Stands in for `vscode` and for the context: whatever is asked of it, it answers with itself. */
const fakeVscode = `const M=require('module'),resolve=M._resolveFilename;
  const stand=new Proxy(function(){},{get:(_,key)=>key===Symbol.toPrimitive?()=>'':key==='then'?undefined:key===Symbol.iterator?function*(){}:stand,apply:()=>stand,construct:()=>stand,getPrototypeOf:()=>stand,set:()=>true});
  M._resolveFilename=function(name,...rest){return name==='vscode'?'vscode':resolve.call(this,name,...rest)};
  require.cache.vscode={id:'vscode',exports:stand,loaded:true}`;

/** What the extension host pays for our activation: loading the bundle and calling `activate`, against an extension that does nothing. */
export function measureActivation(): Measurement[] {
  const ours = medianMs("require('./dist/extension.js').activate(stand)", fakeVscode);
  const empty = medianMs("new Function('exports','exports.activate=()=>{}')(module.exports);module.exports.activate(stand)", fakeVscode);
  const limit = { at: 'most', value: 50 } as const;
  return [
    {
      name: 'activation: bundle load plus activate, p50',
      value: ours,
      unit: 'ms',
      limit,
      baseline: { name: 'an empty extension', value: empty },
    },
  ];
}

/** Datadog's client as we cut it, against the package as it is published. */
export async function measureDatadogClient(): Promise<Measurement[]> {
  const operations = JSON.parse(readFileSync(path.join(root, 'src/datadog/operations.json'), 'utf8')) as Record<string, unknown>;
  const outfile = path.join(root, 'out', 'bench', 'client.js');
  const plugins = [trimDatadogClient({ operations: Object.keys(operations) })];
  await build({
    entryPoints: [path.join(root, 'src/datadog/client.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    plugins,
  });
  const whole = load("require('@datadog/datadog-api-client')");
  const cut = Array.from({ length: 3 }, () => load("require('./out/bench/client.js')"));
  const baseline = (value: number) => ({ name: 'the published package', value });
  return [
    { name: "size of Datadog's client, cut", value: statSync(outfile).size / 1000, unit: 'kB' },
    { name: "loading Datadog's client, cut", value: median(cut.map(({ ms }) => ms)), unit: 'ms', baseline: baseline(whole.ms) },
    {
      name: "memory with Datadog's client, cut",
      value: median(cut.map(({ rssMb }) => rssMb)),
      unit: 'MB',
      baseline: baseline(whole.rssMb),
    },
  ];
}
