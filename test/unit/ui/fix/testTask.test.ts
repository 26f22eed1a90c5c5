import assert from 'node:assert/strict';
import { runTestTask } from '../../../../src/ui/fix/testTask';
import { fake } from '../../../fakes/vscode';

const command = { command: 'npm test && echo "ok"', directory: 'services/checkout' };
const settled = () => new Promise(setImmediate);

describe('running tests in a terminal', () => {
  beforeEach(() => fake.reset());

  it('runs the line in its folder of the worktree, in a terminal that comes to the front', async () => {
    const execution = {};
    fake.runTask = async () => execution;
    const run = runTestTask('/storage/fix', command);
    await settled();
    fake.events.taskProcessEnd.fire({ execution, exitCode: 3 });
    assert.equal(await run, 3);
    const [task] = fake.tasks;
    assert.deepEqual([task?.execution.commandLine, task?.execution.options.cwd], [command.command, '/storage/fix/services/checkout']);
    assert.deepEqual(task?.presentationOptions, { reveal: 1, panel: 2, clear: true, showReuseMessage: false });
  });

  it('takes no notice of other tasks', async () => {
    const execution = {};
    fake.runTask = async () => execution;
    const run = runTestTask('/storage/fix', command);
    await settled();
    fake.events.taskProcessEnd.fire({ execution: {}, exitCode: 9 });
    fake.events.taskEnd.fire({ execution: {} });
    fake.events.taskProcessEnd.fire({ execution, exitCode: 0 });
    assert.equal(await run, 0);
  });

  it('hears the end of a run that is over before its start was told', async () => {
    const execution = {};
    fake.runTask = async () => {
      fake.events.taskProcessEnd.fire({ execution, exitCode: 0 });
      fake.events.taskEnd.fire({ execution });
      return execution;
    };
    assert.equal(await runTestTask('/storage/fix', command), 0);
  });

  it('has no exit code when it was stopped', async () => {
    const execution = {};
    fake.runTask = async () => execution;
    const run = runTestTask('/storage/fix', command);
    await settled();
    fake.events.taskEnd.fire({ execution });
    assert.equal(await run, null);
  });

  it('fails when the task cannot be started, and listens no longer', async () => {
    fake.runTask = async () => {
      throw new Error('No terminal.');
    };
    await assert.rejects(runTestTask('/storage/fix', command), { message: 'No terminal.' });
    assert.deepEqual([fake.events.taskProcessEnd.listenerCount, fake.events.taskEnd.listenerCount], [0, 0]);
  });
});
