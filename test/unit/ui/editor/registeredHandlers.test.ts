import assert from 'node:assert/strict';
import { createHandlerResolver } from '../../../../src/ui/editor/registeredHandlers';
import { fake, Range, Uri } from '../../../fakes/vscode';
import { createSetting } from './setting';

const file = '/w/src/routes.js';
const origin = (text: string, line = 1) => ({ file, text, line, column: null });

function open(text: string) {
  createSetting({ [file]: text });
  const asked: [string, number, number][] = [];
  const answerWith = (...answers: unknown[]) => {
    fake.definitions = (uri, { line, character }) => {
      asked.push([uri.fsPath, line, character]);
      return answers;
    };
  };
  return { asked, answerWith, resolver: createHandlerResolver() };
}

const location = (path: string, line: number) => ({ uri: Uri.file(path), range: new Range(line, 9, line, 15) });

describe('the handler of a route', () => {
  it('is an inline function where it begins, without asking the language', async () => {
    const text = "app.get(\n  '/x',\n  route(async (request) => {\n  }),\n);\n";
    const { resolver, asked } = open(text);
    assert.deepEqual([await resolver.resolve(origin(text)), asked], [{ file, line: 3 }, []]);
  });

  it('is the definition of a name, in this file or another', async () => {
    const text = "app.get('/x', list);";
    const { resolver, asked, answerWith } = open(text);
    answerWith(location('/w/src/handlers.js', 4));
    assert.deepEqual(await resolver.resolve(origin(text)), { file: '/w/src/handlers.js', line: 5 });
    assert.deepEqual(asked, [[file, 0, 14]]);
  });

  it('is asked for once while the file is the same', async () => {
    const text = "app.get('/x', list);";
    const { resolver, asked, answerWith } = open(text);
    answerWith(location('/w/src/handlers.js', 4));
    await resolver.resolve(origin(text));
    await resolver.resolve(origin(text));
    assert.equal(asked.length, 1);
    await resolver.resolve(origin(`${text}\n`));
    assert.equal(asked.length, 2);
  });

  it('is forgotten when five hundred others were used since', async () => {
    const text = "app.get('/x', list);\n".repeat(501);
    const { resolver, asked, answerWith } = open(text);
    answerWith(location('/w/src/handlers.js', 4));
    const resolve = (line: number) => resolver.resolve(origin(text, line));
    for (let line = 1; line <= 500; line++) await resolve(line);
    await resolve(1);
    await resolve(501);
    assert.equal(asked.length, 501);
    await resolve(1);
    assert.equal(asked.length, 501);
    await resolve(2);
    assert.equal(asked.length, 502);
  });

  it('is asked for again where the language did not know, as one that is still starting', async () => {
    const text = "app.get('/x', list);";
    const { resolver, answerWith } = open(text);
    answerWith();
    assert.equal(await resolver.resolve(origin(text)), null);
    answerWith(location('/w/src/handlers.js', 4));
    assert.equal((await resolver.resolve(origin(text)))?.line, 5);
  });

  it('is none in libraries, outside the open folders, or where the language fails', async () => {
    const text = "app.get('/x', list);";
    const { resolver, answerWith } = open(text);
    answerWith(location('/w/node_modules/x/index.js', 1), location('/elsewhere/x.js', 1), location('/workspace.js', 1));
    assert.equal(await resolver.resolve(origin(text)), null);
    fake.definitions = () => Promise.reject(new Error('no'));
    assert.equal(await resolver.resolve(origin(text)), null);
    assert.equal(await resolver.resolve(origin('const x = 1;')), null);
  });
});
