import type { TestPlan as Plan } from '../../src/domain/testPlan';
import { usePanelApi } from '../hooks/usePanelApi';
import { Button } from '../ui/Button';
import { Disclosure } from '../ui/Disclosure';
import { Section } from '../ui/Section';

/** How to test the fix, a case a row, with its steps on demand. */
export function TestPlan({ plan }: { readonly plan: Plan | null }) {
  const { send } = usePanelApi();
  if (!plan || plan.cases.length === 0) return null;
  return (
    <Section
      title="Test the fix"
      aside={
        <Button label="Copy as JSON" icon="copy" title="In the shape that TestSprite reads" onPress={() => send('copyTestPlan', {})} />
      }
    >
      <ul className="plain-list recommendations">
        {plan.cases.map(({ id, title, description, priority, steps }) => (
          <li key={id} className="recommendation">
            <span className="tag">{priority}</span>
            <div>
              <h3>{title}</h3>
              <p className="muted">{description}</p>
              <Disclosure name={`test ${id}`} summary={`${id}, step by step`}>
                <ol className="test-steps">
                  {steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
              </Disclosure>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
