import type { DatabaseWork } from '../../diagnosis/findings';
import { formatNumber } from '../../domain/format';
import { oneLine } from '../../domain/plainText';
import type { Gathered } from '../gathered';
import { searchTerm } from '../queries';
import type { Run } from '../run';
import { fieldsOf, listOf, numberOf, textOf } from './jsonFields';

const MAX_STATEMENTS = 3;
const MAX_STATEMENT = 180;
const KINDS: Readonly<Record<string, DatabaseWork['kind']>> = {
  top_sql: 'statement',
  top_wait_event: 'wait',
  top_user: 'user',
  top_host: 'host',
};

type Work = Omit<DatabaseWork, 'evidence'>;

/** What the database spends its time on, by statement, wait, user and host: the busiest first, with evidence for what is kept. */
export function databaseWork(gathered: Gathered, run: Run): readonly DatabaseWork[] {
  const all = [...gathered.logs.items, ...gathered.quietLogs.items].flatMap(({ attributes, service }) => {
    const work = workOf(fieldsOf(attributes.performance_insights), service);
    return work === null ? [] : [work];
  });
  const of = (kind: Work['kind']) => all.filter((work) => work.kind === kind).sort((a, b) => b.load - a.load);
  const statements = of('statement').slice(0, MAX_STATEMENTS);
  const written = statements.map((work) => ({ ...work, evidence: write([work], statementWords(work), gathered, run) }));
  const rest = (['wait', 'user', 'host'] as const).flatMap((kind) => {
    const works = of(kind);
    if (works.length === 0) return [];
    const evidence = write(
      works,
      `${KIND_WORDS[kind]}: ${works.map(({ name, load }) => `${name} ${formatNumber(load)}`).join(', ')} (average active sessions).`,
      gathered,
      run,
    );
    return works.map((work) => ({ ...work, evidence }));
  });
  return [...written, ...rest];
}

const KIND_WORDS = { wait: 'The database waits for', user: 'Database load by user', host: 'Database load by client host' } as const;

function workOf(fields: ReturnType<typeof fieldsOf>, service: string): Work | null {
  const kind = KINDS[textOf(fields, 'kind') ?? ''];
  const name = textOf(fields, 'statement', 'name', 'id');
  const load = numberOf(fields, 'db_load_avg');
  if (kind === undefined || name === null || load === null) return null;
  const waits = listOf(fields.wait_events)
    .map((wait) => ({ name: textOf(wait, 'name') ?? '', load: numberOf(wait, 'db_load_avg') ?? 0 }))
    .sort((a, b) => b.load - a.load);
  return { kind, service, name: oneLine(name, MAX_STATEMENT), load, waits };
}

function statementWords({ name, load, waits }: Work): string {
  const waiting = waits.map((wait) => `${wait.name} ${formatNumber(wait.load)}`).join(', ');
  return `Top SQL: "${name}" with ${formatNumber(load)} average active sessions${waiting === '' ? '' : ` (${waiting})`}.`;
}

function write(works: readonly Work[], summary: string, { windows }: Gathered, run: Run): string {
  const service = works[0]?.service ?? '';
  const query = searchTerm('service', service);
  const window = windows.whole;
  return run.evidence.add({
    kind: 'logs',
    source: 'datadog',
    query,
    window,
    summary,
    value: works.slice(0, MAX_STATEMENTS).map(({ kind, name, load }) => ({ kind, name, load })),
    link: run.deps.telemetry.linkTo({ kind: 'logs', query, window }),
  });
}
