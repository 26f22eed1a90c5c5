import assert from 'node:assert/strict';
import { mkdtemp, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeModelFile, watchModelFile } from '../../../src/ui/modelFile';
import { changeSettings, fake } from '../../fakes/vscode';

function listen() {
  const said: string[] = [];
  let heard: (sentence: string) => void = () => {};
  const next = () => new Promise<string>((resolve) => (heard = resolve));
  const refuse = (sentence: string) => {
    said.push(sentence);
    heard(sentence);
  };
  return { said, next, report: { problem: () => assert.fail('nothing went wrong'), refuse } };
}

async function fileOf(bytes: number): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'aidog-model-file-')), 'model.onnx');
  await writeFile(file, '');
  await truncate(file, bytes);
  return file;
}

describe('the setting of a model file', () => {
  beforeEach(() => fake.reset());

  it('warns of a model that needs gigabytes, and is silent about a small one', async () => {
    const { said, report } = listen();
    await judgeModelFile(await fileOf(16_600_000), report);
    assert.deepEqual(said, []);
    await judgeModelFile(await fileOf(605_000_000), report);
    assert.match(said.join(), /needs about 2\.4 GB of memory/);
  });

  it('is looked at when it changes, and names a file that is not there', async () => {
    const { next, report } = listen();
    const watch = watchModelFile(report);
    const sentence = next();
    changeSettings({ 'aidog.forecast.modelFile': '/nowhere/model.onnx' });
    assert.match(await sentence, /no forecasting model at \/nowhere\/model\.onnx/);
    watch.dispose();
  });

  it('is left alone when other settings change', () => {
    const { said, report } = listen();
    const watch = watchModelFile(report);
    changeSettings({ 'aidog.forecast.model': 'statistical' });
    assert.deepEqual(said, []);
    watch.dispose();
  });
});
