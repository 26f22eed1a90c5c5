import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const SERIALIZER = /datadog-api-client-(v[12])[\\/]models[\\/]ObjectSerializer\.js$/;

/**
 * An esbuild plugin that cuts the Datadog client's serialisers down to the models that the given operations need
 * (`v2.LogsApi.listLogs`, …), directly or through other models. Whatever else the client would load stays out of the
 * bundle; a request or an answer of a model that was cut out throws "unknown type". The client's own transport is cut out
 * as well: calls go through the `fetch` that is handed to it.
 */
export function trimDatadogClient({ operations }) {
  return {
    name: 'trim-datadog-client',
    setup(build) {
      build.onLoad({ filter: SERIALIZER }, async ({ path }) => ({
        contents: await trimmedSerializer(path, operations),
        loader: 'js',
      }));
      build.onResolve({ filter: /^(cross-fetch|form-data)$/ }, ({ path }) => ({ path, namespace: 'unused-transport' }));
      build.onLoad({ filter: /./, namespace: 'unused-transport' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
    },
  };
}

async function trimmedSerializer(path, operations) {
  const version = SERIALIZER.exec(path)[1];
  const source = await readFile(path, 'utf8');
  const roots = await rootTypes(join(dirname(path), '..', 'apis'), version, operations);
  const needed = await closure(roots, source, dirname(path));
  return cut(source, needed);
}

/** Type expressions that the operations' methods name, in requests as in answers. */
async function rootTypes(apiDir, version, operations) {
  const roots = new Set();
  for (const operation of operations) {
    const [itsVersion, api, method] = operation.split('.');
    if (itsVersion !== version) continue;
    const source = await readFile(join(apiDir, `${api}.js`), 'utf8');
    const bodies = methodBodies(source, method);
    if (bodies.length < 2) throw new Error(`The Datadog client has no operation ${operation}.`);
    for (const body of bodies) for (const type of serializedTypes(body)) roots.add(type);
  }
  return roots;
}

/** Source of each method of this name, by the indentation that the client's generator writes. */
function methodBodies(source, method) {
  return [...source.matchAll(new RegExp(`^ {4}${method}\\(.*\\{\\n([\\s\\S]*?)^ {4}\\}$`, 'gm'))].map((match) => match[1]);
}

const serializedTypes = (body) => [...body.matchAll(/(?:de)?serialize\([\s\S]*?, "([^"]+)"/g)].map((match) => match[1]);

/** Names of models within a type expression such as `Array<LogsSort>`. */
const namesIn = (type) => type.match(/[A-Za-z_]\w*/g) ?? [];

async function closure(roots, source, modelDir) {
  const models = new Set([...source.matchAll(/^const \w+_1 = require\("\.\/(\w+)"\);$/gm)].map((match) => match[1]));
  const alternatives = new Map(entriesOf(source, 'oneOfMap').map(({ name, text }) => [name, text]));
  const needed = new Set();
  const waiting = [...roots].flatMap(namesIn);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    if (alternatives.has(name)) waiting.push(...namesIn(alternatives.get(name)));
    if (!models.has(name)) continue;
    const model = await readFile(join(modelDir, `${name}.js`), 'utf8');
    for (const match of model.matchAll(/^\s+type: "([^"]+)",$/gm)) waiting.push(...namesIn(match[1]));
  }
  return needed;
}

/** The entries of one of the serialiser's tables, each with its source text. */
function entriesOf(source, table) {
  const body = new RegExp(`^const ${table} = \\{\\n([\\s\\S]*?)^\\};$`, 'm').exec(source)?.[1];
  if (body === undefined) throw new Error(`The Datadog client's serialiser has no table ${table}; look at scripts/trimDatadogClient.mjs.`);
  return [...body.matchAll(/^ {4}(\w+):[\s\S]*?(?=^ {4}\w|(?![\s\S]))/gm)].map((match) => ({ name: match[1], text: match[0] }));
}

function cut(source, needed) {
  let result = source.replace(/^const \w+_1 = require\("\.\/(\w+)"\);\n/gm, (line, name) => (needed.has(name) ? line : ''));
  for (const table of ['enumsMap', 'typeMap', 'oneOfMap']) {
    const kept = entriesOf(source, table).filter(({ name }) => needed.has(name));
    const text = `const ${table} = {\n${kept.map((entry) => entry.text).join('')}};`;
    result = result.replace(new RegExp(`^const ${table} = \\{\\n[\\s\\S]*?^\\};$`, 'm'), () => text);
  }
  return result;
}
