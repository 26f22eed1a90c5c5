/**
 * Names of colours; `theme.ts` looks them up among VS Code's chart colours, `styles/ui.css` has a swatch for each. VS Code's own
 * orange is nearly transparent, so ours is mixed of red and yellow.
 */
export const seriesColours = ['blue', 'orange', 'purple', 'green', 'yellow', 'red'] as const;
export type SeriesColour = (typeof seriesColours)[number];

export interface XY {
  readonly x: number;
  readonly y: number | null;
}

/** One line of a chart; x in epoch seconds. */
export interface ChartLine {
  readonly label: string;
  readonly colour: SeriesColour;
  readonly points: readonly XY[];
  /** `edge` is the invisible lower border of a band, `band` its upper one, filled down to the edge before it; `points` is a line with a dot a value. */
  readonly role: 'line' | 'dashed' | 'edge' | 'band' | 'points';
}

/** A moment on the time axis. The symbol is drawn; the label stands in a list below the chart. */
export interface ChartMark {
  readonly atSec: number;
  readonly symbol: string;
  readonly label: string;
  readonly kind: 'alert' | 'change' | 'now' | 'breach';
}

/** A stretch of the time axis that is shaded. */
export interface ChartSpan {
  readonly fromSec: number;
  readonly toSec: number;
}

export interface LegendItem {
  readonly text: string;
  readonly swatch: SeriesColour | 'threshold';
  readonly shape: 'line' | 'dashed' | 'band';
}

/** All that a chart shows, ready to draw and to read out. */
export interface ChartView {
  readonly lines: readonly ChartLine[];
  readonly legend: readonly LegendItem[];
  readonly marks: readonly ChartMark[];
  /** When the threshold may be crossed; absent where that is not known. */
  readonly breach?: ChartSpan;
  readonly threshold: number | null;
  /** Datadog's unit name, or null. */
  readonly unit: string | null;
  /** The chart in a sentence. */
  readonly summary: string;
}
