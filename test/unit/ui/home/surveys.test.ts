import assert from 'node:assert/strict';
import { AppError } from '../../../../src/domain/errors';
import type { SurveyReport } from '../../../../src/domain/survey';
import type { SurveyState } from '../../../../src/ui/home/surveys';
import { homeParts, settled } from '../../../fakes/homeParts';
import { report } from '../../../fixtures/homeSnapshots';

/** Answers that a test gives when it likes. */
function later() {
  const waiting: { resolve: (report: SurveyReport) => void; reject: (error: unknown) => void }[] = [];
  return { waiting, answer: () => new Promise<SurveyReport>((resolve, reject) => waiting.push({ resolve, reject })) };
}

describe('surveys', () => {
  it('ask for the environment of the settings and four hours, and keep the report', async () => {
    const { surveys, engine, state } = homeParts();
    state.env = 'prod';
    const { kind, report: found, problem } = await surveys.refresh();
    const { surveyId, ...question } = engine.asked[0]!.params as { surveyId: string };
    assert.deepEqual(question, { env: 'prod', hours: 4 });
    assert.ok(surveyId.length > 8);
    assert.deepEqual([kind, found, problem], ['ready', report(), null]);
  });

  it('are one at a time: whoever asks meanwhile joins', async () => {
    const { surveys, asked } = homeParts();
    const both = await Promise.all([surveys.refresh(), surveys.refresh()]);
    assert.equal(both[0], both[1]);
    assert.equal(asked('surveyServices'), 1);
    await surveys.refresh();
    assert.equal(asked('surveyServices'), 2);
  });

  it('ask nobody without keys, and forget what was seen with them', async () => {
    const { surveys, asked, state } = homeParts();
    await surveys.refresh();
    state.keys = null;
    const { kind, report: found } = await surveys.refresh();
    assert.deepEqual([kind, found, asked('surveyServices')], ['unconfigured', null, 1]);
  });

  it('tell how far they are, over the report before', async () => {
    const { waiting, answer } = later();
    const { surveys, engine } = homeParts({ surveyServices: answer });
    const first = surveys.refresh();
    await settled();
    waiting[0]?.resolve(report());
    await first;
    const seen: SurveyState[] = [];
    surveys.onDidChange((state) => void seen.push(state));
    const second = surveys.refresh();
    await settled();
    engine.tellSurvey({ doing: 'Reading', share: 0.4 });
    waiting[1]?.resolve(report({ seriesCount: 99 }));
    await second;
    assert.deepEqual(
      seen.map(({ kind, progress, report: shown }) => [kind, progress?.share ?? null, shown?.seriesCount]),
      [
        ['running', null, 15],
        ['running', 0.4, 15],
        ['ready', null, 99],
      ],
    );
  });

  it('say in a sentence why they failed, and keep the report before', async () => {
    let error: unknown = null;
    const { surveys } = homeParts({ surveyServices: () => (error ? Promise.reject(error) : report()) });
    await surveys.refresh();
    error = new AppError('rate_limited', 'Datadog is limiting requests.');
    const { kind, problem, report: kept } = await surveys.refresh();
    assert.deepEqual([kind, problem, kept?.seriesCount], ['failed', 'Datadog is limiting requests.', 15]);
    error = new Error('bug');
    assert.match((await surveys.refresh()).problem ?? '', /Something in AIDog went wrong: bug/);
    error = null;
    assert.deepEqual([(await surveys.refresh()).kind, surveys.state.problem], ['ready', null]);
  });

  it('fail with a sentence when keys must not be sent to the address in the settings', async () => {
    const { surveys, state } = homeParts();
    Object.defineProperty(state, 'keys', { get: () => Promise.reject(new AppError('configuration', 'Correct the address.')) });
    assert.equal((await surveys.refresh()).problem, 'Correct the address.');
  });

  it('can be called off, which is no failure', async () => {
    const { surveys } = homeParts({ surveyServices: later().answer });
    const ended = surveys.refresh();
    await settled();
    surveys.cancel();
    const { kind, problem } = await ended;
    assert.deepEqual([kind, problem], ['cancelled', null]);
    surveys.cancel();
    assert.equal(surveys.state.kind, 'cancelled');
  });

  it('of an account that was left have nothing more to say', async () => {
    const { waiting, answer } = later();
    const { surveys, engine } = homeParts({ surveyServices: answer });
    const old = surveys.refresh();
    await settled();
    surveys.reset();
    const fresh = surveys.refresh();
    await settled();
    waiting[0]?.resolve(report({ seriesCount: 1 }));
    await old;
    engine.tellSurvey({ doing: 'Reading', share: 0.5 });
    assert.equal(surveys.state.progress?.share, 0.5);
    waiting[1]?.resolve(report({ seriesCount: 2 }));
    assert.equal((await fresh).report?.seriesCount, 2);
  });

  it('know how long ago the last one ended, however it ended', async () => {
    const { surveys, state } = homeParts({ surveyServices: () => Promise.reject(new Error('no')) });
    assert.equal(surveys.ageMs, Number.POSITIVE_INFINITY);
    await surveys.refresh();
    state.nowMs += 5000;
    assert.equal(surveys.ageMs, 5000);
    surveys.reset();
    assert.equal(surveys.ageMs, Number.POSITIVE_INFINITY);
  });

  it('end with the window, without a word', async () => {
    const { surveys } = homeParts({ surveyServices: later().answer });
    const ended = surveys.refresh();
    await settled();
    let told = 0;
    surveys.onDidChange(() => {
      told += 1;
    });
    surveys.dispose();
    await ended;
    assert.equal(told, 0);
  });
});
