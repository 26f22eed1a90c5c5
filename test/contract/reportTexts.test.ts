import assert from 'node:assert/strict';
import type { Investigation } from '../../src/domain/investigation';
import { textReport } from '../../src/report/textReport';
import { columnsOf } from '../../src/report/wrap';
import { stepDeed } from '../../webview/stepDeed';
import { investigateMini, miniIncidents } from '../fakes/miniIncidents/all';
import { readingFaults, reportTexts } from '../fakes/reportTexts';
import { shopInvestigation } from '../fixtures/shopInvestigation';

/** What every report says without a model, over every type of incident and what only looks like one. */
describe('the words of a report without a model', function () {
  this.timeout(60_000);
  const reports: { readonly name: string; readonly report: Investigation }[] = [{ name: 'the shop', report: shopInvestigation }];
  before(async () => {
    for (const incident of miniIncidents) reports.push({ name: incident.name, report: await investigateMini(incident) });
  });
  const each = (faultsOf: (report: Investigation) => readonly string[]) =>
    assert.deepEqual(
      reports.flatMap(({ name, report }) => faultsOf(report).map((fault) => `${name}: ${fault}`)),
      [],
    );

  it('begin with a capital or a name, end as sentences or headings do, and are short and whole', () => {
    each((report) => {
      const names = namesOf(report);
      const quoted = report.evidence.map(({ summary }) => summary).join('\n');
      return reportTexts(report).flatMap((one) => readingFaults(one, names, quoted).map((fault) => `${one.where} ${fault}`));
    });
  });

  it('tell no two steps, recommendations or hypotheses in the same words', () => {
    each(({ steps, recommendations, hypotheses }) => [
      ...twice(steps.map(({ title }) => title)),
      ...twice(steps.map(({ rationale }) => rationale)),
      ...twice(recommendations.map(({ title }) => title)),
      ...twice(hypotheses.map(({ title }) => title)),
    ]);
  });

  it('say nothing twice within an explanation', () => {
    each(({ hypotheses }) => hypotheses.flatMap(({ explanation = '' }) => twice(explanation.split(/(?<=[.!?]) /).map(bare))));
  });

  it('give each step something to open, to run or to ask', () => {
    each((report) =>
      report.steps
        .filter((step) => step.action !== 'contact' && step.action !== 'roll_back')
        .filter(
          (step) =>
            stepDeed(step, report) === null &&
            !step.rationale.includes('Query: ') &&
            !/(?:i|I)nvestigate again/.test(step.title) &&
            !step.runbooks,
        )
        .map(({ title }) => `nothing to do it with: ${title}`),
    );
  });

  it('check that it is over by something that was measured or seen, where anything was', () => {
    each(({ steps, evidence, hypotheses }) => {
      const kinds = (ids: readonly string[]) => ids.map((id) => evidence.find((fact) => fact.id === id)?.kind);
      const isSeen = kinds(hypotheses[0]?.evidenceFor ?? []).some((kind) => kind !== 'monitor' && kind !== 'commit');
      const over = steps.filter(({ action, title }) => action === 'verify' && title.includes('ee that'));
      return isSeen ? over.filter((step) => kinds(step.evidence).includes('monitor')).map(({ title }) => title) : [];
    });
  });

  it('cite only facts and sections of runbooks that are there', () => {
    each(({ summary = '', hypotheses, steps, evidence, runbooks = [] }) => {
      const ids = new Set([...evidence.map(({ id }) => id), ...runbooks.map(({ id }) => id)]);
      const texts = [summary, ...hypotheses.map(({ explanation = '' }) => explanation)];
      const cited = texts.flatMap((text) => [...text.matchAll(/\[(E[^\]]*)\]/g)].flatMap(([, list = '']) => list.split(', ')));
      const all = [...cited, ...steps.flatMap((step) => [...step.evidence, ...(step.runbooks ?? [])])];
      return all.filter((id) => !ids.has(id) && !/^[0-9a-f]{7,}$/.test(id));
    });
  });

  it('name nobody as affected where nothing is wrong', () => {
    each(({ verdict, incident }) => (verdict === 'healthy' ? incident.blastRadius : []));
  });

  it('fit the width of a terminal, but for names and queries that are left whole', () => {
    each((report) =>
      textReport(report, 80)
        .split('\n')
        .filter((line) => columnsOf(line) > 80 && line.trim().split(' ').length > 3),
    );
  });
});

function namesOf({ evidence, hypotheses, incident, culprits }: Investigation): string[] {
  const services = [
    incident.service,
    ...incident.blastRadius,
    ...hypotheses.map(({ service }) => service),
    ...culprits.map(({ service }) => service),
  ];
  const metrics = evidence.flatMap(({ query }) => query.match(/(?<=:)[a-z][\w.]+(?=\{)/g) ?? []);
  const functions = hypotheses.flatMap(({ location }) => location?.function ?? []);
  return [...services.filter((service) => service !== null), ...metrics, ...functions];
}

const bare = (sentence: string) => sentence.replace(/ \[E[^\]]*\]/g, '');
const twice = (texts: readonly string[]) =>
  texts.filter((text, at) => text !== '' && texts.indexOf(text) !== at).map((text) => `said twice: ${text}`);
