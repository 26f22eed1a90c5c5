import assert from 'node:assert/strict';
import { askLabels, isCommitName } from '../../../../src/ui/stack/setCommit';
import { fake } from '../../../fakes/vscode';

const now = { commit: 'v1', service: 'checkout' };

async function ask(answers: unknown[], service: string | null = null) {
  fake.reset();
  fake.answers.push(...answers);
  return askLabels({ now, service });
}

describe('saying what ran', () => {
  it('takes a commit, tag or version that is entered, and keeps the service', async () => {
    assert.deepEqual(await ask(['Enter a commit, tag or version…', ' 1.16.1 ']), { commit: '1.16.1', service: 'checkout' });
    assert.equal(fake.inputs[0]!.value, 'v1');
  });

  it('takes what is checked out, or goes back to what the text says', async () => {
    assert.deepEqual(await ask(['What is checked out']), { commit: 'HEAD', service: 'checkout' });
    assert.deepEqual(await ask(['What the text says, if anything']), { commit: null, service: null });
  });

  it('offers the service of the open investigation where it is another one', async () => {
    assert.deepEqual(await ask(['The service payments of the open investigation'], 'payments'), { commit: 'v1', service: 'payments' });
    await ask([undefined], 'checkout');
    assert.equal(fake.picks[0]!.length, 3);
  });

  it('changes nothing when it is left', async () => {
    assert.equal(await ask([undefined]), null);
    assert.equal(await ask(['Enter a commit, tag or version…', undefined]), null);
  });

  it('takes no text that Git would read as an option, and none with spaces', () => {
    assert.deepEqual(['1a2b3c4', 'v1.2.3', 'checkout@1.2.3', 'checkout/v1.2'].map(isCommitName), [true, true, true, true]);
    assert.deepEqual(['', '-x', '--upload-pack=x', 'a b', 'a\nb', `${'a'.repeat(300)}`].map(isCommitName), Array(6).fill(false));
  });

  it('says so while it is typed', async () => {
    await ask(['Enter a commit, tag or version…', 'x']);
    const { validateInput } = fake.inputs[0]!;
    assert.equal(validateInput?.('v1.2'), null);
    assert.match(String(validateInput?.('-v')), /no spaces/);
  });
});
