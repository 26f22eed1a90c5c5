import assert from 'node:assert/strict';
import { AppError, cancelled } from '../../../src/domain/errors';
import { createReport } from '../../../src/ui/report';
import { fake } from '../../fakes/vscode';

function open() {
  fake.reset();
  const logged: unknown[] = [];
  let logShown = 0;
  const log = { info: () => undefined, error: (_: string, cause?: unknown) => void logged.push(cause) };
  return { report: createReport(log, () => (logShown += 1)), logged, shown: () => logShown };
}

const settled = () => new Promise(setImmediate);

describe('the report', () => {
  it('shows the sentence of an error, logs the error, and leads to the log', async () => {
    const { report, logged, shown } = open();
    fake.answers.push('Show Log');
    const error = new AppError('server', 'It failed.');
    report.problem(error);
    await settled();
    assert.deepEqual(fake.messages, [{ kind: 'error', text: 'It failed.', items: ['Show Log'] }]);
    assert.deepEqual(logged, [error]);
    assert.equal(shown(), 1);
  });

  it('says nothing about work that was called off', () => {
    const { report, logged } = open();
    report.problem(cancelled());
    report.problem(new DOMException('stop', 'AbortError'));
    assert.deepEqual([fake.messages, logged], [[], []]);
  });

  it('shows one error object once, however many heard of it', async () => {
    const { report } = open();
    const error = new AppError('internal', 'The engine stopped.');
    report.problem(error);
    await settled();
    report.problem(error);
    assert.equal(fake.messages.length, 1);
  });

  it('does not stack a sentence that is on the screen, but shows it again later', async () => {
    const { report } = open();
    report.refuse('No.');
    report.refuse('No.');
    assert.equal(fake.messages.length, 1);
    await settled();
    report.refuse('No.');
    assert.deepEqual(
      fake.messages.map(({ kind }) => kind),
      ['info', 'info'],
    );
  });

  it('makes no link of Markdown in an error', () => {
    const { report } = open();
    report.problem(new AppError('bad_input', 'Bad query: [click](command:rm)'));
    assert.doesNotMatch(fake.messages[0]!.text, /\]\(/);
  });

  it('has a sentence for whatever was thrown', () => {
    const { report } = open();
    report.problem('a text');
    report.problem(new TypeError('x is undefined'));
    assert.match(fake.messages[0]!.text, /a text/);
    assert.match(fake.messages[1]!.text, /x is undefined/);
  });
});
