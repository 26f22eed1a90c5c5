import { confidenceWord, formatSha } from '../../domain/format';
import { gapText } from '../../domain/gap';
import type { Hypothesis } from '../../domain/hypothesis';
import { oneLine } from '../../domain/plainText';
import { capitalised, headline, listed } from '../../domain/sentence';
import { type CaseFile, mainReasons } from '../caseFile';
import { withCitations } from '../citedText';
import { clipSentences, clipWords } from '../clip';
import { repeats } from '../repeats';

/** What happens, why as far as it is known, and what is open: a few short sentences without any model. */
export function plainSummary(file: CaseFile): string {
  return [...whatHappens(file), why(file), open(file)].filter((sentence) => sentence !== null).join(' ');
}

const MAX_TITLE = 170;
const said = (text: string, maxCharacters: number) => clipWords(oneLine(text).replace(/[.\s]+$/, ''), maxCharacters);

function whatHappens({ incident, findings, verdict, alert }: CaseFile): readonly string[] {
  const { primarySymptom, blastRadius, service, startedAt } = incident;
  const cited = findings.alertEvidence.slice(0, 2);
  const others = verdict === 'healthy' ? [] : blastRadius.filter((name) => name !== service && !primarySymptom.includes(name)).slice(0, 3);
  const reach = others.length === 0 ? [] : [`${listed(others)} ${others.length === 1 ? 'is' : 'are'} affected too.`];
  if (primarySymptom !== '' && alert !== null && primarySymptom === oneLine(alert.summary, 300))
    return [withCitations(`The alert says: ${said(clipSentences(oneLine(alert.summary), 180), 180)}`, cited), ...reach];
  const since = startedAt === null || verdict === 'healthy' ? '' : `Since ${startedAt.slice(11, 16)} UTC, `;
  if (primarySymptom === '') return [withCitations(since === '' ? 'An alert fired' : `${since}an alert has fired`, cited), ...reach];
  const [first = '', ...more] = parts(primarySymptom, findings.alertWords);
  const begin = since !== '' && findings.alertWords !== null && first === capitalised(findings.alertWords) ? findings.alertWords : first;
  const sentences = [`${since}${said(begin, 200)}`, ...more.map((part) => said(part, 200))];
  return [...sentences.map((sentence, at) => withCitations(sentence, at === sentences.length - 1 ? cited : [])), ...reach];
}

/** The alert's numbers and what was seen are a sentence each; what was seen may hold semicolons of its own. */
function parts(symptom: string, words: string | null): readonly string[] {
  const alertWords = words === null ? null : capitalised(words);
  if (alertWords === null || symptom === alertWords) return [symptom];
  if (symptom.startsWith(`${alertWords}; `)) return [alertWords, symptom.slice(alertWords.length + 2)];
  return symptom.endsWith(`; ${alertWords}`) ? [symptom.slice(0, -alertWords.length - 2), alertWords] : [symptom];
}

/** Why it happens as far as code knows, where a text does not name what is to blame: no words may hide the finding. */
export function missingWhy(text: string, file: CaseFile): string | null {
  const { verdict, hypotheses, rootCauseCommit } = file;
  const name = rootCauseCommit === null ? hypotheses[0]?.service : formatSha(rootCauseCommit);
  const isSettled = verdict !== 'inconclusive' && verdict !== 'healthy';
  return !isSettled || name == null || text.includes(name) ? null : why(file);
}

function why(file: CaseFile): string {
  const { verdict, hypotheses } = file;
  const [best] = hypotheses;
  if (!best) return 'Nothing was found that explains it.';
  const facts = best.evidenceFor.slice(0, 3);
  const title = headline(withoutKnown(oneLine(best.title), file.incident.primarySymptom), MAX_TITLE);
  if (verdict === 'healthy')
    return withCitations(/^(?:nothing|the trouble is over)/i.test(title) ? title : `Nothing is wrong now: ${title}`, facts);
  if (verdict === 'inconclusive') return lead(best, title, facts, file.incident.primarySymptom);
  if (best.kind !== 'code_change')
    return withCitations(`Most likely cause, with ${confidenceWord(best.confidence)} confidence: ${title}`, facts);
  return withCitations(blame(file, best, title), facts);
}

/** A title without the message that it ends with, where the symptom has told it. */
function withoutKnown(title: string, symptom: string): string {
  const at = [...title.matchAll(/: /g)].map(({ index }) => index).find((index) => symptom.includes(title.slice(index + 2)));
  return at === undefined ? title : title.slice(0, at);
}

/** Where only the place is known, that is what is said; any other lead is named as one. */
function lead({ kind, confidence, service }: Hypothesis, title: string, facts: readonly string[], symptom: string): string {
  if (kind === 'localised_fault' && confidenceWord(confidence) === 'high') {
    const place =
      repeats(title, [symptom]) && service !== null
        ? `The trouble begins in ${service}`
        : title.replace(/^It begins/, 'The trouble begins');
    return `${withCitations(place, facts)} Why is not known yet.`;
  }
  return withCitations(`The cause is not settled; the best lead, with ${confidenceWord(confidence)} confidence: ${title}`, facts);
}

function blame({ rootCauseCommit, suspectCommits }: CaseFile, best: Hypothesis, title: string): string {
  const commit = suspectCommits.find(({ sha }) => sha === best.commit);
  const name =
    best.commit === null ? title : `commit ${formatSha(best.commit)}${commit === undefined ? '' : ` “${said(commit.title, 90)}”`}`;
  const words = rootCauseCommit === null ? `The best lead is ${name}, too weak to blame` : `Most likely ${name} is to blame`;
  const [reason] = mainReasons(best);
  return `${words}${reason === undefined ? '' : `: ${said(reason, 160)}`}; confidence is ${confidenceWord(best.confidence)}`;
}

/** The largest gap, unless the best explanation stands well without it. */
function open({ hypotheses: [best], verdict }: CaseFile): string | null {
  const gap = best?.missing[0];
  if (gap === undefined || verdict === 'healthy' || (best?.confidence ?? 0) >= 0.7) return null;
  return `${gapText(said(gap, 160))}.`;
}
