import { type SeriesColour, seriesColours } from './chartView';

/** Colours and font of the editor's theme, as a canvas takes them. */
export interface ChartTheme {
  readonly series: Readonly<Record<SeriesColour, string>>;
  readonly text: string;
  readonly grid: string;
  readonly threshold: string;
  readonly alert: string;
  readonly change: string;
  readonly background: string;
  readonly tooltipBackground: string;
  readonly tooltipText: string;
  readonly tooltipBorder: string;
  readonly fontFamily: string;
  readonly fontSizePx: number;
}

/** Reads the `--vscode-*` variables as they stand now. Colours that a theme leaves out fall back to the text's. */
export function readTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const text = style.color;
  const variable = (...names: string[]) => names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find(Boolean) ?? text;
  const named = Object.fromEntries(seriesColours.map((colour) => [colour, variable(`charts-${colour}`)])) as Record<SeriesColour, string>;
  const series = { ...named, orange: `color-mix(in srgb, ${named.red}, ${named.yellow})` };
  return {
    series,
    text: variable('descriptionForeground'),
    grid: variable('charts-lines', 'widget-border'),
    threshold: series.red,
    alert: series.red,
    change: variable('descriptionForeground'),
    background: variable('editor-background'),
    tooltipBackground: variable('editorHoverWidget-background', 'editor-background'),
    tooltipText: variable('editorHoverWidget-foreground', 'foreground'),
    tooltipBorder: variable('editorHoverWidget-border', 'contrastBorder'),
    fontFamily: variable('font-family'),
    fontSizePx: Math.max(10, (Number.parseFloat(style.fontSize) || 13) - 2),
  };
}

/** The colour with less weight, as `color-mix` has it; canvas takes any CSS colour. */
export function faded(colour: string, share: number): string {
  return `color-mix(in srgb, ${colour} ${Math.round(share * 100)}%, transparent)`;
}
