import assert from 'node:assert/strict';
import {
  askAnother,
  askDiscard,
  askHow,
  askMessage,
  askRemote,
  askTarget,
  askTestCommand,
  askVersions,
  askWithoutTests,
} from '../../../../src/ui/fix/fixPrompts';
import { committedContents, sampleContents, sampleFix, samplePush } from '../../../fakes/sampleFix';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { fake } from '../../../fakes/vscode';

const [hypothesis] = sampleInvestigation('/w').hypotheses;
const choice = { commit: 'fef1cf73fd8f', title: 'Round $(trash) totals', hypothesis: hypothesis!, score: 0.82 };

describe('the questions before something is written', () => {
  beforeEach(() => fake.reset());

  it('offer what can be done, with the reason, and telemetry as plain text', async () => {
    fake.answers.push('Revert fef1cf7');
    const suspect = { ...choice, commit: 'abcdef012345', hypothesis: null, score: 0.1 };
    assert.equal(await askHow([choice, suspect]), choice);
    const [first, second] = fake.picks[0] as unknown as { description: string; detail: string }[];
    assert.deepEqual([first!.description, first!.detail], ['Round \\$(trash) totals', '82 % confidence: A change to total() throws']);
    assert.equal(second!.detail, 'Suspected with a score of 10 %');
    assert.equal(await askHow([choice]), undefined);
  });

  it('ask whether to draft the same again', async () => {
    fake.answers.push('Show It', 'Draft Another', undefined);
    assert.deepEqual(
      [await askAnother(sampleFix()), await askAnother(sampleFix()), await askAnother(sampleFix())],
      ['show', 'another', undefined],
    );
  });

  it('ask for each file which version shall stay, and for nothing when one question is left', async () => {
    const conflicts = [
      { path: 'a.bin', kind: 'choice' as const },
      { path: 'b.bin', kind: 'choice' as const },
    ];
    fake.answers.push('Keep the file as it was before the fix', 'Take the file as the fix wants it');
    assert.deepEqual(await askVersions(conflicts), [
      { path: 'a.bin', side: 'before' },
      { path: 'b.bin', side: 'fix' },
    ]);
    fake.answers.push('Take the file as the fix wants it');
    assert.equal(await askVersions(conflicts), undefined);
    assert.deepEqual(await askVersions([]), []);
  });

  it('offer the test command to be changed, and want one', async () => {
    fake.answers.push('  make check  ');
    assert.deepEqual(await askTestCommand({ command: 'npm test', directory: 'services/x' }), {
      command: 'make check',
      directory: 'services/x',
    });
    const [input] = fake.inputs;
    assert.equal(input?.value, 'npm test');
    assert.deepEqual([typeof input?.validateInput?.('  '), input?.validateInput?.('x')], ['string', null]);
    assert.equal(await askTestCommand({ command: '', directory: '' }), undefined);
  });

  it('ask before committing only what did not pass', async () => {
    const passed = { command: 'npm test', exitCode: 0, fingerprint: 'one' };
    assert.equal(await askWithoutTests(sampleFix({ tests: passed })), true);
    assert.deepEqual(fake.messages, []);
    fake.answers.push('Commit Anyway');
    assert.equal(await askWithoutTests(sampleFix()), true);
    assert.equal(await askWithoutTests(sampleFix({ tests: { ...passed, fingerprint: 'two' } })), false);
    assert.equal(await askWithoutTests(sampleFix({ tests: { ...passed, exitCode: null } })), false);
    assert.deepEqual(
      fake.messages.map(({ text }) => text),
      ['The tests were not run on this change.', 'Files were changed since the tests ran.', 'The tests were stopped before they ended.'],
    );
  });

  it('let the first line of the message be changed, and keep the rest', async () => {
    fake.answers.push(' Take it back ', 'One line');
    assert.equal(await askMessage('Revert "x"\n\nThis reverts commit abc.'), 'Take it back\n\nThis reverts commit abc.');
    assert.equal(await askMessage('Revert'), 'One line');
    assert.equal(await askMessage('Revert'), undefined);
    assert.equal(typeof fake.inputs[0]?.validateInput?.(' '), 'string');
  });

  it('ask for the remote also when there is one, with its address as plain text', async () => {
    fake.answers.push('origin');
    const remote = { ...samplePush.remote, url: 'https://$(x)/y' };
    assert.equal(await askRemote([remote], 'aidog/x'), remote);
    const [row] = fake.picks[0] as unknown as { description: string }[];
    assert.equal(row?.description, 'https://\\$(x)/y');
  });

  it('name the repository in which a pull request is opened', async () => {
    fake.answers.push('acme/shop');
    const unknown = { ...samplePush.remote, name: 'mirror', github: null };
    assert.equal(await askTarget([unknown, samplePush.remote], sampleFix(), 'Revert "x"'), samplePush.remote);
    assert.equal(fake.picks[0]?.length, 1);
    assert.equal(await askTarget([samplePush.remote], sampleFix(), 'Revert "x"'), undefined);
  });

  it('say what is lost by discarding, and what stays', async () => {
    fake.answers.push('Discard');
    assert.equal(await askDiscard(sampleFix({ contents: committedContents(), push: samplePush })), true);
    assert.equal(
      fake.messages[0]?.detail,
      'Removes the worktree /storage/fixes/checkout and the branch aidog/checkout-fails-revert-fef1cf7, and nothing else.\nThe branch on origin, and a pull request, stay.',
    );
    assert.equal(await askDiscard(sampleFix({ contents: sampleContents({ isDirty: false, untracked: ['x'] }) })), false);
    assert.match(fake.messages[1]?.detail ?? '', /not committed are lost/);
  });
});
