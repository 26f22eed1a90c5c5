import type { Plugin } from 'esbuild';

export declare function trimDatadogClient(options: { readonly operations: readonly string[] }): Plugin;
