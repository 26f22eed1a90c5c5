import { confidenceWord, formatSha } from '../../domain/format';
import { oneLine } from '../../domain/plainText';
import { type CaseFile, gapText, mainReason } from '../caseFile';
import { withCitations } from '../citedText';
import { clipWords } from '../clip';

/** What happens, why as far as it is known, and what is open: two or three sentences without any model. */
export function plainSummary(file: CaseFile): string {
  return [whatHappens(file), why(file), open(file)].filter((sentence) => sentence !== null).join(' ');
}

const said = (text: string, maxCharacters: number) => clipWords(oneLine(text).replace(/[.\s]+$/, ''), maxCharacters);

function whatHappens({ incident, findings, verdict, alert }: CaseFile): string {
  const { primarySymptom, blastRadius, service, startedAt } = incident;
  const symptom = said(primarySymptom || (startedAt === null || verdict === 'healthy' ? 'An alert fired' : 'an alert fired'), 220);
  const others = blastRadius.filter((name) => name !== service && !symptom.includes(name)).slice(0, 3);
  const isHearsay = primarySymptom !== '' && alert !== null && primarySymptom === oneLine(alert.summary, 300);
  const since = startedAt === null || verdict === 'healthy' ? '' : `Since ${startedAt.slice(11, 16)} UTC: `;
  const reach = others.length > 0 ? `; ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} affected too` : '';
  return withCitations(`${isHearsay ? 'The alert says: ' : since}${symptom}${reach}`, findings.alertEvidence.slice(0, 2));
}

/** Why it happens as far as code knows, where a text does not name what is to blame: no words may hide the finding. */
export function missingWhy(text: string, file: CaseFile): string | null {
  const { verdict, hypotheses, rootCauseCommit } = file;
  const name = rootCauseCommit === null ? hypotheses[0]?.service : formatSha(rootCauseCommit);
  const isSettled = verdict !== 'inconclusive' && verdict !== 'healthy';
  return !isSettled || name == null || text.includes(name) ? null : why(file);
}

function why({ verdict, hypotheses: [best], rootCauseCommit, suspectCommits }: CaseFile): string {
  if (!best) return 'Nothing was found that explains it.';
  const facts = best.evidenceFor.slice(0, 3);
  const sure = `confidence is ${confidenceWord(best.confidence)}`;
  if (verdict === 'healthy')
    return withCitations(/^nothing/i.test(best.title) ? said(best.title, 200) : `Nothing is wrong now: ${said(best.title, 200)}`, facts);
  if (verdict === 'inconclusive')
    return withCitations(`The evidence does not settle the cause; the best lead is: ${said(best.title, 200)}`, facts);
  if (best.kind !== 'code_change') return withCitations(`Most likely ${lowered(said(best.title, 200))}; ${sure}`, facts);
  const commit = suspectCommits.find(({ sha }) => sha === best.commit);
  const named =
    best.commit === null
      ? said(best.title, 200)
      : `commit ${formatSha(best.commit)}${commit === undefined ? '' : ` “${said(commit.title, 90)}”`}`;
  const blame = rootCauseCommit === null ? `The best lead is ${named}, too weak to blame` : `Most likely ${named} is to blame`;
  return withCitations(`${blame}: ${said(mainReason(best), 160)}; ${sure}`, facts);
}

/** The largest gap, unless the best explanation stands well without it. */
function open({ hypotheses: [best], verdict }: CaseFile): string | null {
  const gap = best?.missing[0];
  if (gap === undefined || verdict === 'healthy' || (best?.confidence ?? 0) >= 0.7) return null;
  return `${gapText(said(gap, 160))}.`;
}

/** `A name` → `a name`; names and acronyms keep their capitals. */
export const lowered = (title: string): string =>
  /^[A-Z][a-z]+\s/.test(title) && !isName(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

const isName = (title: string) =>
  !/^(?:A|An|The|Something|Feature|Configuration|Errors?|Requests|Calls|Traffic|More|Too|Nothing)\s/.test(title);
