import { calibrationGroup } from '../diagnosis/calibration';
import { coverageIn } from '../diagnosis/coverage';
import type { MemorySettings } from '../domain/memory';
import { nothingIsRemembered } from '../domain/memoryErrors';
import type { InvestigationDeps } from '../investigation/deps';
import { type Memory, openMemory } from '../memory/memory';
import type { memoryCommands, memoryRequests } from '../protocol/memoryApi';
import type { Handlers } from '../protocol/message';
import { openKeptRunbooks } from './keptRunbooks';

/** What an investigation is given of it. */
export type Remembered = Pick<InvestigationDeps, 'recall' | 'keptRunbooks'>;

export type MemoryHandlers = Pick<
  Handlers<{ requests: typeof memoryRequests; commands: typeof memoryCommands; notifications: Record<never, never> }>,
  'requests' | 'commands'
> & { readonly remembered: () => Remembered };

/** What is remembered from incident to incident, wherever the settings say that it lies; nothing until they say so. */
export function createMemoryHandlers(): MemoryHandlers {
  let settings: MemorySettings = { dir: null, runbooksDir: null, role: null };
  const opened = (): Memory => {
    if (settings.dir === null) throw nothingIsRemembered();
    return openMemory(settings.dir);
  };
  return {
    requests: {
      async judgeCause({ judgement: { hypothesis, ...judgement } }) {
        // What is said of a commit that is not to blame rests on no curve, so its outcome belongs to none.
        if (hypothesis.isDoubted) return null;
        const raw = hypothesis.rawConfidence ?? hypothesis.confidence;
        const coverage = coverageIn(hypothesis.confidenceFactors);
        await opened().judge({ ...judgement, group: calibrationGroup(hypothesis), raw, coverage });
        return null;
      },
      async recordDeed({ deed }) {
        await opened().record(deed);
        return null;
      },
      async forgetLearned() {
        await opened().forget();
        return null;
      },
    },
    commands: {
      configureMemory: (told) => {
        settings = told.settings;
      },
    },
    remembered() {
      const { dir, runbooksDir, role } = settings;
      return {
        ...(runbooksDir !== null && { keptRunbooks: () => openKeptRunbooks(runbooksDir) }),
        ...((dir !== null || role !== null) && {
          async recall() {
            const { judged, deeds } = dir === null ? { judged: [], deeds: [] } : await openMemory(dir).read();
            return { person: { role, records: deeds }, judged };
          },
        }),
      };
    },
  };
}
