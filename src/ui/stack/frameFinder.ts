import * as vscode from 'vscode';
import { isCancellation } from '../../domain/errors';
import type { FrameLink, ResolvedFrame } from '../../domain/resolvedTrace';
import type { EngineClient } from '../engineClient';
import { followLine } from '../followLine';
import type { LocationOpener } from '../openLocation';
import type { Report } from '../report';
import { resolveInside, workspaceRoots } from '../roots';

export interface FrameFinderOptions {
  readonly engine: Pick<EngineClient, 'request'>;
  readonly opener: Pick<LocationOpener, 'open'>;
  readonly report: Report;
}

/** Finds frames in texts that nobody asked to resolve, such as terminals and logs. */
export interface FrameFinder {
  /** The frames whose file may be in the workspace; none when they cannot be looked for. Never rejects. */
  find(text: string, token: vscode.CancellationToken): Promise<readonly FrameLink[]>;
  /** The frame that stands at an offset of the text, resolved together with those around it. */
  resolve(text: string, offset: number, token?: vscode.CancellationToken): Promise<ResolvedFrame | null>;
  /** The address of a frame's line as it is in the editor; null when it cannot be opened. */
  targetOf(frame: ResolvedFrame): Promise<vscode.Uri | null>;
  /** Opens the line of a frame, or says in one sentence why it cannot. */
  open(frame: ResolvedFrame | null, asPrinted: string): Promise<void>;
}

const findTimeoutMs = 20_000;
const resolveTimeoutMs = 60_000;

export function createFrameFinder({ engine, opener, report }: FrameFinderOptions): FrameFinder {
  return {
    async find(text, token) {
      const repositories = workspaceRoots();
      if (repositories.length === 0 || !mayHaveFrame(text)) return [];
      try {
        return await engine.request('findFrames', { text, repositories }, { signal: signalOf(token), timeoutMs: findTimeoutMs });
      } catch (error) {
        if (!isCancellation(error)) report.problem(error);
        return [];
      }
    },
    async resolve(text, offset, token) {
      const params = { text, commit: null, service: null, repositories: workspaceRoots() };
      const signal = token === undefined ? undefined : signalOf(token);
      const traces = await engine.request('resolveStack', params, { signal, timeoutMs: resolveTimeoutMs });
      const frames = traces.flatMap(({ exceptions }) => exceptions.flatMap((exception) => exception.frames));
      return frames.find(({ range }) => range !== null && range.start <= offset && offset < range.end) ?? null;
    },
    async targetOf({ workspace }) {
      if (workspace === null || workspace.status === 'deleted') return null;
      const file = await resolveInside(workspace.root, workspace.path, workspaceRoots());
      if (file === null) return null;
      const uri = vscode.Uri.file(file);
      const line = await followLine(await vscode.workspace.openTextDocument(uri), workspace.line);
      return line === null ? null : uri.with({ fragment: `L${line}` });
    },
    async open(frame, asPrinted) {
      if (frame !== null && frame.workspace === null && frame.candidates.length > 1) return report.refuse(ambiguous(asPrinted, frame));
      const deployed = frame?.deployed;
      await opener.open(frame?.workspace ?? null, deployed ? `${deployed.file}:${deployed.line}` : asPrinted);
    },
  };
}

function ambiguous(asPrinted: string, { candidates }: ResolvedFrame): string {
  return vscode.l10n.t(
    '{0} may be any of {1} files. Select the whole stack trace and run "AIDog: Resolve Stack Trace" to choose.',
    asPrinted,
    candidates.length,
  );
}

/** Every runtime prints the number of the line behind a colon or the word for line; most lines of a log have neither. */
export const mayHaveFrame = (text: string) => /[:(]\d|\bline \d/u.test(text);

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
