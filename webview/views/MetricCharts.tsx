import { useCallback } from 'react';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { Legend } from '../charts/Legend';
import { LineChart } from '../charts/LineChart';
import { metricChart } from '../charts/metricChart';
import { Absent } from '../ui/Absent';
import { Section } from '../ui/Section';
import { Select } from '../ui/Select';
import { MarkList } from './MarkList';

export interface MetricChartsProps {
  readonly snapshot: PanelSnapshot;
  readonly index: number;
  readonly onChoose: (index: number) => void;
}

/** The alerting metric over time, with the threshold, the alert and the changes around it. */
export function MetricCharts({ snapshot, index, onChoose }: MetricChartsProps) {
  const charts = snapshot.found.charts ?? [];
  const chosen = charts[index] ?? charts[0];
  const choose = useCallback((value: string) => onChoose(Number(value)), [onChoose]);
  if (!chosen)
    return (
      <Section title="Metric">
        <Absent status={snapshot.status} icon="graph-line" awaited="Fetching metrics…" none={noMetric(snapshot)} />
      </Section>
    );
  const view = metricChart(chosen);
  const options = charts.map(({ title }, at) => ({ value: String(at), text: title }));
  const picker = <Select label="Metric" options={options} value={String(charts.indexOf(chosen))} onChoose={choose} />;
  return (
    <Section title={charts.length > 1 ? 'Metric' : chosen.title} className="chart-section" aside={charts.length > 1 ? picker : undefined}>
      <Legend items={view.legend} />
      <LineChart view={view} />
      <MarkList marks={view.marks} />
      <p className="muted small">{view.summary}</p>
    </Section>
  );
}

const noMetric = ({ status }: PanelSnapshot) =>
  status === 'done' ? 'No metric was found for this incident.' : 'The investigation ended before metrics were read.';
