import { Notice } from '../ui/Notice';
import { Section } from '../ui/Section';

/** What could not be looked at, while the rest is shown. */
export function HomeProblems({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <Section title="Could not be looked at">
      <ul className="plain-list notices">
        {problems.map((problem) => (
          <li key={problem}>
            <Notice tone="warn">{problem}</Notice>
          </li>
        ))}
      </ul>
    </Section>
  );
}
