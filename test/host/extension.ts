import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import type { AidogApi } from '../../src/ui/app';
import type { Measurement } from '../benchmarks/measurement';

export const extension = () => {
  const found = vscode.extensions.getExtension<AidogApi>('aidog.aidog');
  assert.ok(found, 'the extension is not installed');
  return found;
};

export const demoRecording = (id: string) => path.join(extension().extensionPath, 'media', 'demo', 'recordings', id);

/** Investigates a shipped recording as a person would, against the repository that the command builds. */
export async function tryDemo(id: string): Promise<PanelSnapshot> {
  await vscode.commands.executeCommand('aidog.tryDemo', id);
  const api = await extension().activate();
  return until(`the investigation of ${id} to end`, () => {
    const snapshot = api.lastSnapshot();
    return snapshot && snapshot.status !== 'running' ? snapshot : null;
  });
}

/** Asks again until there is an answer; rejects after half a minute. */
export async function until<T>(what: string, ask: () => T | null | Promise<T | null>): Promise<T> {
  const endsAt = Date.now() + 30_000;
  while (Date.now() < endsAt) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Waited in vain for ${what}.`);
}

const measurements: Measurement[] = [];

/** Leaves a figure for `npm run bench`. */
export function leaveMeasurement(measurement: Measurement): void {
  measurements.push(measurement);
  writeFileSync(path.join(__dirname, 'measurements.json'), JSON.stringify(measurements));
}
