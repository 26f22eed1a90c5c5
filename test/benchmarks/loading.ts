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

/** What the extension host pays to load our bundle, against the smallest extension there can be. */
export function measureExtensionLoad(): Measurement[] {
  const fakeVscode = `const M=require('module'),r=M._resolveFilename;const stand=new Proxy(function(){},{get:(t,k)=>k===Symbol.toPrimitive?()=>'':stand,apply:()=>stand,construct:()=>({dispose(){}})});
    M._resolveFilename=function(q,...a){return q==='vscode'?'vscode':r.call(this,q,...a)};require.cache.vscode={id:'vscode',exports:stand,loaded:true}`;
  const ours = medianMs("require('./dist/extension.js')", fakeVscode);
  const empty = medianMs(
    "require('node:module')._extensions['.js']; new Function('module','exports','exports.activate=()=>{}')({}, {})",
    fakeVscode,
  );
  return [{ name: 'loading dist/extension.js', value: ours, unit: 'ms', baseline: { name: 'an empty extension', value: empty } }];
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
