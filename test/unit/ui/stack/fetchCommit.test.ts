import assert from 'node:assert/strict';
import { fetchCommit } from '../../../../src/ui/stack/fetchCommit';
import { createFakeReport, createFakeRequests } from '../../../fakes/stackEngine';
import { fake } from '../../../fakes/vscode';

const sha = 'fef1cf73fd8f5325db8d9b052b7fcee6c8ae4862';

async function run(answer: string | undefined, repositories: string[]) {
  fake.reset();
  fake.answers.push(answer);
  const { engine, asked } = createFakeRequests({ fetchCommit: () => ({ repositories }) });
  const report = createFakeReport();
  return { isThere: await fetchCommit(sha, ['/repos/shop', '/repos/mail'], { engine, report }), asked, report };
}

describe('fetching a missing commit', () => {
  it('asks first, and says what will and will not happen', async () => {
    const { isThere, asked } = await run(undefined, ['/repos/shop']);
    assert.deepEqual([isThere, asked], [false, []]);
    const [question] = fake.messages;
    assert.match(question!.text, /fef1cf7 from the remotes of shop, mail\?/);
    assert.match(question!.detail ?? '', /No branch, tag or file changes/);
  });

  it('fetches the whole id into the repositories', async () => {
    const { isThere, asked, report } = await run('Fetch', ['/repos/shop']);
    assert.deepEqual(asked, [['fetchCommit', { commit: sha, repositories: ['/repos/shop', '/repos/mail'] }]]);
    assert.deepEqual([isThere, report.refused], [true, []]);
  });

  it('says that there is no remote to fetch from', async () => {
    const { isThere, report } = await run('Fetch', []);
    assert.equal(isThere, false);
    assert.match(report.refused[0]!, /has a remote to fetch fef1cf7 from/);
  });
});
