import type { LegendItem } from './chartView';

/** What the lines of a chart are; as HTML, so that it can be read, selected and zoomed. */
export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul className="legend">
      {items.map(({ text, swatch, shape }) => (
        <li key={`${swatch} ${shape} ${text}`} title={text}>
          <span className={`swatch swatch-${swatch} swatch-${shape}`} aria-hidden="true" />
          <span className="clipped">{text}</span>
        </li>
      ))}
    </ul>
  );
}
