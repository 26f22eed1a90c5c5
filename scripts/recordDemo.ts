import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withRelease } from '../src/demo/capturedTrace';
import { recordingDir } from '../src/demo/prepareDemo';
import { ACQUIRER_NAME } from '../src/demo/shop';
import { messageFor } from '../src/domain/errors';
import { writeRecording } from '../src/recording/writeRecording';
import { composeRecording } from './composeRecording';
import { warmUp } from './demoPlay';
import { flushed, openStage } from './demoStage';

const projectRoot = path.resolve(import.meta.dirname, '..');
const mediaDir = path.join(projectRoot, 'media');
/** Apart from a demo that may be running; releases lie below it. */
const DIR = '.demo-recording';
const SETTLE_MS = 2_000;
const CAPTURE_MS = 40_000;

/** Plays every incident with the real shop and writes it down as the recordings that ship with the extension. */
async function main(signal: AbortSignal): Promise<void> {
  const say = (line: string) => console.log(line);
  const stage = await openStage({ projectRoot, dir: DIR, lastCommitAtMs: null, port: 0, signal, say });
  const captureNow = async () => {
    await sleep(SETTLE_MS, undefined, { signal });
    const fromMs = Date.now();
    await sleep(CAPTURE_MS, undefined, { signal });
    await flushed(signal);
    return stage.capture(fromMs);
  };
  const hosts = new Map([...stage.shop.ports].map(([service, port]) => [port, `${service}.kiln.internal`]));
  hosts.set(Number(new URL(stage.acquirer.url).port), ACQUIRER_NAME);
  const places = { folders: [path.join(projectRoot, DIR), projectRoot], hosts };
  try {
    await warmUp(stage, signal);
    const usual = await captureNow();
    for (const scenario of stage.repository.history.scenarios) {
      say(`Recording ${scenario.id}.`);
      const deployment = await stage.deploy(scenario.service, scenario.release);
      const innocent = scenario.planted ? [] : withRelease(usual, await captureNow(), scenario.service);
      if (!scenario.planted) stage.acquirer.beginOutage();
      const faulty = await captureNow();
      await stage.rollBack(scenario);
      await flushed(signal);
      const { history } = stage.repository;
      const { requestsPerSec } = stage;
      const recording = await composeRecording({
        scenario,
        history,
        deployment,
        usual,
        innocent,
        faulty,
        requestsPerSec,
        places,
      });
      const dir = recordingDir(mediaDir, scenario.id);
      await rm(dir, { recursive: true, force: true });
      await writeRecording(dir, recording);
      say(
        `  ${recording.spans.length} spans, ${recording.logs.length} logs, ${recording.series.length} series; alert: ${recording.alert.title}`,
      );
    }
  } finally {
    await stage.close();
  }
}

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort(new Error(name)));
main(ending.signal).then(
  () => process.exit(0),
  (error) => {
    console.error(process.env.AIDOG_DEBUG ? error : messageFor(error));
    process.exit(1);
  },
);
