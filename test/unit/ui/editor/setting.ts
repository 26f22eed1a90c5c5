import type { TextDocument } from 'vscode';
import type { HotPath } from '../../../../src/domain/hotPath';
import type { Investigation } from '../../../../src/domain/investigation';
import { HotPaths } from '../../../../src/ui/editor/hotPaths';
import { createHandlerResolver } from '../../../../src/ui/editor/registeredHandlers';
import { TouchedCode } from '../../../../src/ui/editor/touchedCode';
import { Incidents } from '../../../../src/ui/incidents';
import { Investigations } from '../../../../src/ui/investigations';
import { ShownRun } from '../../../../src/ui/shownRun';
import { hotPathReport } from '../../../fakes/hotPaths';
import { createFakeEngine, sampleIncident } from '../../../fakes/sampleInvestigation';
import { fake, Range, Uri, workspace } from '../../../fakes/vscode';
import { FakeDocument } from '../../../fakes/vscodeParts';

export const silent = { info: () => undefined, error: () => undefined };
export const connection = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 };
export const root = '/w';

/** Lets everything that is ready happen. */
export const settled = async () => {
  for (let turn = 0; turn < 12; turn += 1) await new Promise(setImmediate);
};

/** An editor's world with a fake engine: what the files hold, what an investigation found and what the traffic is. */
export function createSetting(files: Record<string, string>) {
  fake.reset();
  const texts = fake.files;
  for (const [path, text] of Object.entries(files)) texts.set(path, text);
  workspace.workspaceFolders = [{ uri: Uri.file(root) }];
  const clock = { at: 3_600_000, nowMs: () => clock.at };
  let traffic: readonly HotPath[] = [];
  let isWhole = true;
  /** What alerts; a test takes away what is over. */
  const alerting = [sampleIncident(1)];
  const engine = createFakeEngine({
    hotPaths: () => hotPathReport(traffic, { takenAtMs: clock.at, isWhole }),
    listOpenIncidents: () => alerting,
  });
  const investigations = new Investigations(engine, clock, silent);
  const shown = new ShownRun(investigations);
  const hotPaths = new HotPaths({ engine, connection: async () => connection, clock });
  const incidents = new Incidents({ engine, connection: async () => connection, env: () => null });
  const code = new TouchedCode({ shown, hotPaths, handlers: createHandlerResolver(), log: silent, clock });
  const investigate = (found: Partial<Investigation>) => {
    const run = investigations.start({ target: { kind: 'monitor', id: 1 }, subject: 'Checkout', repositories: [], link: null });
    engine.tell(run.snapshot.runId, { kind: 'found', found });
    return run;
  };
  return {
    texts,
    alerting,
    clock,
    engine,
    investigations,
    incidents,
    hotPaths,
    code,
    investigate,
    /** Finds more in a run that is under way. */
    find: (runId: string, found: Partial<Investigation>) => engine.tell(runId, { kind: 'found', found }),
    /** Looks at this traffic. */
    async look(paths: readonly HotPath[], whole = true) {
      traffic = paths;
      isWhole = whole;
      await hotPaths.refresh();
      await code.settled;
      await settled();
    },
    /** Opens a file as a person would. */
    open(path: string) {
      const document = new FakeDocument(Uri.file(path), texts.get(path) ?? '');
      workspace.textDocuments = [...workspace.textDocuments, document];
      fake.events.documentOpen.fire(document);
      return document;
    },
  };
}

export type Setting = ReturnType<typeof createSetting>;

/** Replaces a range of a document and tells everybody, as typing does. */
export function type(document: FakeDocument, range: Range, text: string): void {
  const lines = document.getText().split('\n');
  const before = [...lines.slice(0, range.start.line), (lines[range.start.line] ?? '').slice(0, range.start.character)].join('\n');
  const after = [(lines[range.end.line] ?? '').slice(range.end.character), ...lines.slice(range.end.line + 1)].join('\n');
  document.type(before + text + after);
  fake.events.documentChange.fire({ document, contentChanges: [{ range, text }] });
}

export const asDocument = (document: FakeDocument) => document as unknown as TextDocument;

export const at = (line: number, from = 0, to = from) => new Range(line, from, line, to);
