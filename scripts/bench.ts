import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { measureAnomalies } from '../test/benchmarks/anomalySpeed';
import { measureForecasting } from '../test/benchmarks/forecastSpeed';
import { measureInvestigation } from '../test/benchmarks/investigation';
import { measureLargeIncident } from '../test/benchmarks/largeIncidentSpeed';
import { measureActivation, measureBundleSizes, measureDatadogClient } from '../test/benchmarks/loading';
import { measureLogMining } from '../test/benchmarks/logSpeed';
import { measureMapping } from '../test/benchmarks/mappingSpeed';
import { isWithinLimit, type Measurement, ratioToBaseline } from '../test/benchmarks/measurement';
import { measureSandboxIntake } from '../test/benchmarks/sandboxIntake';
import { measureStackParsing } from '../test/benchmarks/stackSpeed';
import { measureTraces } from '../test/benchmarks/tracesSpeed';
import { projectRoot } from './codeServer';

const hostFile = path.join(projectRoot, 'out', 'test', 'host', 'measurements.json');

/** What the suite inside VS Code measured: activation, event-loop delay, first content. */
function measureInHost(): Measurement[] {
  rmSync(hostFile, { force: true });
  spawnSync('tsx', ['scripts/hostTests.ts'], { cwd: projectRoot, stdio: 'ignore', shell: process.platform === 'win32' });
  if (!existsSync(hostFile)) throw new Error('The suite inside VS Code left no measurements; run "npm run test:host" to see why.');
  return JSON.parse(readFileSync(hostFile, 'utf8')) as Measurement[];
}

async function measureIntake(): Promise<Measurement[]> {
  const { spansPerSec, spansPerCpuSec, rssMb } = await measureSandboxIntake();
  return [
    { name: 'sandbox intake', value: spansPerSec, unit: 'spans/s', limit: { at: 'least', value: 20_000 } },
    { name: 'sandbox intake per second of processor time', value: spansPerCpuSec, unit: 'spans/s' },
    { name: 'memory of the sandbox with a full store', value: rssMb, unit: 'MB' },
  ];
}

function row(measurement: Measurement): string {
  const { name, value, unit, limit, baseline } = measurement;
  const ratio = ratioToBaseline(measurement);
  const shown = `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
  const bound = limit ? `${isWithinLimit(measurement) ? 'within' : 'BEYOND'} ${limit.at} ${limit.value}` : '';
  const compared = baseline && ratio !== null ? `${ratio.toFixed(2)} × ${baseline.name} (${baseline.value.toFixed(0)} ${unit})` : '';
  return `${name.padEnd(54)}${shown.padStart(16)}  ${bound.padEnd(22)}${compared}`.trimEnd();
}

async function main(): Promise<void> {
  const measurements = [
    ...measureBundleSizes(),
    ...measureActivation(),
    ...(await measureDatadogClient()),
    ...(await measureInvestigation()),
    ...(await measureLargeIncident()),
    ...measureStackParsing(),
    ...measureTraces(),
    ...measureAnomalies(),
    ...(await measureForecasting()),
    ...(await measureMapping()),
    ...(await measureLogMining()),
    ...measureInHost(),
    ...(await measureIntake()),
  ];
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ node: process.version, measurements }, null, 2)}\n`);
  else process.stdout.write(`${measurements.map(row).join('\n')}\n`);
}

void main();
