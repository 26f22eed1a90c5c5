import assert from 'node:assert/strict';
import { demoIncomplete } from '../../../src/domain/errors';
import { chooseDemo } from '../../../src/ui/demo';
import { createFakeEngine } from '../../fakes/sampleInvestigation';
import { fake } from '../../fakes/vscode';

const recordings = [
  { id: 'errors', title: 'Checkout fails', dir: '/media/demo/recordings/errors' },
  { id: 'slow', title: 'Listing is slow', dir: '/media/demo/recordings/slow' },
];
const ready = () => ({ repository: '/store/demo/shop', recordings });

function open(prepareDemo: () => unknown = ready) {
  fake.reset();
  const engine = createFakeEngine({ prepareDemo });
  return { engine, choose: (id: string | null) => chooseDemo({ engine, mediaDir: '/media', demoDir: '/store/demo' }, id) };
}

describe('choosing a demo incident', () => {
  it('asks which, and investigates it with the repository of the demo shop', async () => {
    const { engine, choose } = open();
    fake.answers.push('Listing is slow');
    assert.deepEqual(await choose(null), {
      target: { kind: 'recording', dir: '/media/demo/recordings/slow' },
      subject: 'Listing is slow',
      repositories: ['/store/demo/shop'],
      link: null,
    });
    assert.deepEqual(engine.asked, [{ name: 'prepareDemo', params: { mediaDir: '/media', dir: '/store/demo' } }]);
    assert.equal(fake.picks[0]!.length, 2);
  });

  it('does not ask when the name is given', async () => {
    const { choose } = open();
    assert.equal((await choose('errors'))?.subject, 'Checkout fails');
    assert.equal(await choose('other'), null);
    assert.deepEqual(fake.picks, []);
  });

  it('is nothing when the list is closed', async () => assert.equal(await open().choose(null), null));

  it('says why when the demo cannot be made ready', async () => {
    for (const id of [null, 'errors']) {
      await assert.rejects(open(() => Promise.reject(demoIncomplete('history.json'))).choose(id), /demo is incomplete/);
    }
  });
});
