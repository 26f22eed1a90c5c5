import type { Repository } from '../../domain/ports';
import type { RunbookHit } from '../../domain/runbook';
import { readMarkdown } from '../../knowledge/markdown';
import { rankByMeaning } from '../../knowledge/meaning';
import { createRunbookIndex, type IndexedSection, type RunbookDocument } from '../../knowledge/runbookIndex';
import type { InvestigationDeps } from '../deps';
import type { Run } from '../run';
import { type AskedIncident, incidentQuestion } from './incidentQuestion';
import { readRunbooks } from './readRunbooks';

const MAX_HITS = 5;

/**
 * Sections of runbooks that fit the incident, best first: those of the repositories, those that were kept from earlier incidents and
 * those that come with AIDog. They tell what to do and are never evidence for a cause. None where none fits.
 */
export async function findRunbooks(incident: AskedIncident, run: Run): Promise<readonly RunbookHit[]> {
  const { repositories, starterRunbooks, keptRunbooks, embeddings = null } = run.deps;
  const starters = await readFrom('knowledge.starters', starterRunbooks, run);
  const kept = await openKept(keptRunbooks, run);
  const fitting = incident.verdict === 'healthy' ? starters.filter(isAboutRecovery) : starters;
  const documents = [...(await readRunbooks(repositories, kept, run)), ...fitting];
  if (documents.length === 0) return [];
  const question = incidentQuestion(incident);
  const index = await run.compute(
    'knowledge.index',
    () => createRunbookIndex(documents),
    ({ sections }) => `${sections.length} sections of ${documents.length} runbooks`,
  );
  const byMeaning =
    embeddings === null
      ? []
      : await run.ask<readonly IndexedSection[]>({
          agent: 'knowledge.embeddings',
          otherwise: [],
          ask: (signal) => rankByMeaning(index, question, embeddings, signal),
          note: (ranked) => `${ranked.length} sections by ${embeddings.name}`,
        });
  return run.compute(
    'knowledge.search',
    () => index.search(question, MAX_HITS, byMeaning),
    (hits) => hits.map(({ id, title }) => `${id} ${title}`).join(', ') || 'no runbook fits',
  );
}

async function openKept(open: InvestigationDeps['keptRunbooks'], run: Run): Promise<Repository | null> {
  if (open === undefined) return null;
  return run.ask({ agent: 'knowledge.kept', otherwise: null, ask: open, note: (kept) => kept?.name ?? 'none yet' });
}

/** What one place has; nothing, and a problem, where it cannot be read. */
async function readFrom(
  agent: string,
  read: (() => Promise<readonly RunbookDocument[]>) | undefined,
  run: Run,
): Promise<readonly RunbookDocument[]> {
  if (read === undefined) return [];
  return run.ask({ agent, otherwise: [], ask: read, note: (found) => `${found.length} runbooks` });
}

/** Where nothing is wrong any more, only a team's own runbook for the alert and advice on false alarms are of use. */
const isAboutRecovery = ({ text, name }: RunbookDocument) => readMarkdown(text, name).about.types.includes('healthy');
