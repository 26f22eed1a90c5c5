import { cp, readFile, rm } from 'node:fs/promises';
import { build, context } from 'esbuild';
import { trimDatadogClient } from './scripts/trimDatadogClient.mjs';

const isWatching = process.argv.includes('--watch');
const isDevelopment = isWatching || process.argv.includes('--dev');

const shared = {
  bundle: true,
  minify: !isDevelopment,
  sourcemap: isDevelopment,
  legalComments: 'none',
  logLevel: 'warning',
  target: 'node20',
};

const node = { ...shared, platform: 'node', format: 'cjs' };

/** ONNX Runtime looks at the address of its module, which a CommonJS bundle has to be told. */
const withAddress = {
  ...node,
  define: { 'import.meta.url': 'bundleAddress' },
  banner: { js: "const bundleAddress = require('node:url').pathToFileURL(__filename).href;" },
};

const datadogOperations = Object.keys(JSON.parse(await readFile('src/datadog/operations.json', 'utf8')));
const withDatadog = { ...node, plugins: [trimDatadogClient({ operations: datadogOperations })] };

/** One bundle for each place where code runs. */
const bundles = [
  { ...node, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist', external: ['vscode'] },
  { ...withDatadog, entryPoints: { engine: 'src/engine.ts' }, outdir: 'dist' },
  { ...withDatadog, entryPoints: { cli: 'src/cli.ts' }, outdir: 'dist', banner: { js: '#!/usr/bin/env node' } },
  { ...withAddress, entryPoints: { model: 'src/model.ts' }, outdir: 'dist' },
  {
    ...shared,
    entryPoints: { webview: 'webview/main.tsx' },
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  },
];

await rm('dist', { recursive: true, force: true });
await cp('node_modules/@vscode/codicons/dist/codicon.css', 'dist/codicon.css');
await cp('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/codicon.ttf');
await cp('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm', 'dist/ort-wasm-simd-threaded.wasm');
for (const options of bundles) {
  if (isWatching) await (await context(options)).watch();
  else await build(options);
}
