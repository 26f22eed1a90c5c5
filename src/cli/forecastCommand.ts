import { AppError, messageFor } from '../domain/errors';
import type { Forecast } from '../domain/forecast';
import { forecastCancelled } from '../domain/forecastErrors';
import type { Forecaster, ForecastRequest, Log } from '../domain/ports';
import { createForecaster } from '../engine/forecaster';
import { forecastPlot } from '../report/forecastPlot';
import type { ForecastCommand } from './arguments';
import { BadLine, requestOfLine } from './forecastLine';
import { requestsOfText } from './forecastText';
import { inputLines } from './inputLines';
import { readInput } from './readInput';
import type { World } from './world';
import { writeAll } from './writeAll';

const MAX_INPUT_BYTES = 256 * 1024 * 1024;
/** Lines that are forecast together. */
const MOST_TOGETHER = 32;
const DIGITS = 7;

/** Forecasts the series of standard input: a plot of each, or with `--json` one line a line as soon as it is known. */
export async function forecastCommand(command: ForecastCommand, world: World): Promise<void> {
  const log: Log = {
    info: (message) => world.stderr.write(`aidog: ${message}\n`),
    error: (message, cause) => world.stderr.write(`aidog: ${message} ${cause === undefined ? '' : messageFor(cause)}\n`),
  };
  const forecaster = createForecaster({ model: command.model, modelFile: command.modelFile }, log);
  try {
    await (command.isJson ? forecastLines(command, world, forecaster) : plotInput(command, world, forecaster));
  } catch (error) {
    throw world.signal.aborted ? forecastCancelled(error) : error;
  } finally {
    forecaster.dispose();
  }
}

async function forecastLines(command: ForecastCommand, world: World, forecaster: Forecaster): Promise<void> {
  let number = 0;
  for await (const lines of inputLines(world, MAX_INPUT_BYTES)) {
    const rows = lines.map((line) => ({ line, number: ++number })).filter(({ line }) => line === null || line.trim() !== '');
    for (let at = 0; at < rows.length; at += MOST_TOGETHER) {
      const asked = rows.slice(at, at + MOST_TOGETHER).map(({ line, number: row }) => askedOf(line, row, command));
      const startMs = performance.now();
      const forecasts = await forecaster.forecastAll(
        asked.flatMap(({ request }) => (request === null ? [] : [request])),
        world.signal,
      );
      const ms = (performance.now() - startMs) / Math.max(1, forecasts.length);
      let next = 0;
      const answers = asked.map(({ id, request, error }) => (request === null ? { id, error } : answerOf(id, forecasts[next++], ms)));
      await writeAll(world.stdout, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''), world.signal);
    }
  }
}

interface Asked {
  readonly id: unknown;
  readonly request: ForecastRequest | null;
  /** Why there is no request. */
  readonly error: string | null;
}

function askedOf(line: string | null, number: number, command: ForecastCommand): Asked {
  if (line === null) return { id: null, request: null, error: `Line ${number} is longer than ${MAX_INPUT_BYTES / 1024 / 1024} MB.` };
  try {
    return { ...requestOfLine(line, command), error: null };
  } catch (error) {
    const id = error instanceof BadLine ? error.id : null;
    return { id, request: null, error: `Line ${number}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function answerOf(id: unknown, forecast: Forecast | undefined, ms: number): unknown {
  if (!forecast) return { id, error: 'There is no forecast.' };
  const { p10, median, p90, anomalyScore, isDrop, threshold, model } = forecast;
  const breach = threshold === null ? {} : { breach: breachOf(forecast) };
  const shown = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(DIGITS)));
  const bands = { p10: shown(p10), median: shown(median), p90: shown(p90) };
  return { id, ...bands, score: anomalyScore, drop: isDrop, ...breach, model, ms: Number(ms.toFixed(2)) };
}

const breachOf = ({ breachInSec, breachEarliestInSec, breachLatestInSec }: Forecast) => ({
  expected: breachInSec,
  earliest: breachEarliestInSec,
  latest: breachLatestInSec,
});

async function plotInput(command: ForecastCommand, world: World, forecaster: Forecaster): Promise<void> {
  if (world.stdin.isTTY)
    world.stderr.write('Type one number a line, then press Ctrl-D on a line of its own (on Windows: Ctrl-Z, Enter).\n');
  const { text, isCut } = await readInput(world, MAX_INPUT_BYTES);
  if (isCut) throw new AppError('bad_input', `The input is longer than ${MAX_INPUT_BYTES / 1024 / 1024} MB. Pass the latest values only.`);
  const forecasts = await forecaster.forecastAll(requestsOfText(text, command), world.signal);
  const { stdout, env } = world;
  const hasColour = Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
  for (const forecast of forecasts) await writeAll(stdout, forecastPlot(forecast, { hasColour }), world.signal);
}
