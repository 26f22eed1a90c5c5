import * as vscode from 'vscode';
import { Owner } from '../../domain/disposal';
import type { Clock, Log } from '../../domain/ports';
import type { DatadogConnection } from '../../protocol/engineApi';
import type { EngineClient } from '../engineClient';
import type { Incidents } from '../incidents';
import type { LocationOpener } from '../openLocation';
import type { ShownRun } from '../shownRun';
import { FunctionLenses } from './codeLens';
import { EditingMarker } from './editingMarker';
import { FailingLines } from './failingLines';
import { createFailureDiagnostics } from './failureDiagnostics';
import { createFailureHover } from './failureHover';
import { createHotPathSchedule } from './hotPathSchedule';
import { HotPaths } from './hotPaths';
import { pickHotPath } from './pickHotPath';
import { createHandlerResolver } from './registeredHandlers';
import { TouchedCode } from './touchedCode';

export interface EditorFeatureOptions {
  readonly shown: ShownRun;
  readonly incidents: Incidents;
  readonly engine: EngineClient;
  readonly connection: () => Promise<DatadogConnection | null>;
  readonly opener: LocationOpener;
  readonly clock: Clock;
  readonly log: Log;
}

export interface EditorFeatures extends vscode.Disposable {
  readonly marker: EditingMarker;
  /** Lists the hottest functions and goes to the one that is chosen. */
  showHotPaths(): Promise<void>;
  /** Follows a change of keys or address. */
  restart(): Promise<void>;
}

/** All that stands beside the code: lenses, marks on failing lines, hovers, the marker of edits. Asks nothing until somebody looks. */
export function createEditorFeatures({ shown, incidents, engine, connection, opener, clock, log }: EditorFeatureOptions): EditorFeatures {
  const owner = new Owner();
  const { own } = owner;
  const hotPaths = own(new HotPaths({ engine, connection, clock }));
  const code = own(new TouchedCode({ shown, hotPaths, handlers: createHandlerResolver(), log, clock }));
  const failing = own(new FailingLines(code));
  const files = { scheme: 'file' };
  own(vscode.languages.registerCodeLensProvider(files, own(new FunctionLenses(code, clock, log))));
  own(vscode.languages.registerHoverProvider(files, createFailureHover(failing, clock)));
  own(createFailureDiagnostics(failing, clock));
  const marker = own(new EditingMarker({ code, failing, incidents }));
  const schedule = own(createHotPathSchedule(hotPaths, clock));
  return {
    marker,
    async showHotPaths() {
      const known = await pickHotPath(hotPaths, clock);
      if (known) await opener.open(known.path.workspace, `${known.path.location.file}:${known.path.location.line}`);
    },
    async restart() {
      await hotPaths.reset();
      schedule.restart();
    },
    dispose: () => owner.dispose(),
  };
}
