import type { LanguageModel, ModelAnswer, ModelRequest } from '../../src/domain/languageModel';

export interface ScriptedModel extends LanguageModel {
  readonly asked: ModelRequest[];
}

type Said = string | object | Error | Promise<never>;

/** A model in the process that says what the script says: text as it is, values as JSON, errors by failing. */
export function scriptedModel(say: (request: ModelRequest, number: number) => Said, given: Partial<ModelAnswer> = {}): ScriptedModel {
  const asked: ModelRequest[] = [];
  return {
    name: 'scripted:tiny',
    isRemote: true,
    asked,
    async complete(request) {
      asked.push(request);
      const said = await say(request, asked.length - 1);
      if (said instanceof Error) throw said;
      const text = typeof said === 'string' ? said : JSON.stringify(said);
      return { text, isCut: false, tokensIn: 100, tokensOut: 20, costUsd: 0.001, model: 'scripted:tiny', ...given };
    },
  };
}

interface Shape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

/** A property of the schema of a request, by its path; `[]` is the items of a list. */
export function shapeAt(request: ModelRequest, ...path: readonly string[]): Shape {
  return path.reduce<Shape>((shape, name) => (name === '[]' ? shape.items : shape.properties?.[name]) ?? {}, request.schema as Shape);
}

/** What a model says that does its task well: plain words for each thing that the schema asks about, with a fact that exists. */
export function goodAnswer(request: ModelRequest, words = 'This is the part of the system where requests fail first.'): object {
  const facts = (...path: string[]) => shapeAt(request, ...path, 'evidence', '[]').enum?.slice(0, 1) ?? [];
  const ids = (...path: string[]) => shapeAt(request, ...path).enum?.filter((id) => id !== 'new' && id !== 'none') ?? [];
  switch (request.name) {
    case 'incident_summarizer': {
      const evidence = facts('sentences', '[]');
      return {
        sentences: [
          { text: words, evidence },
          { text: 'The team that owns the service should look at it now.', evidence },
        ],
      };
    }
    case 'hypothesis_ranker':
      return {
        hypotheses: ids('hypotheses', '[]', 'id').map((id) => ({
          id,
          why: [{ text: words, evidence: facts('hypotheses', '[]', 'why', '[]') }],
        })),
        ideas: [
          {
            title: 'A client sends broken input',
            why: [{ text: 'The errors come from one kind of request only.', evidence: facts('ideas', '[]', 'why', '[]') }],
          },
        ],
      };
    case 'guided_steps':
      return {
        steps: [...ids('steps', '[]', 'basis'), 'new'].map((basis) => ({
          basis,
          title: basis === 'new' ? 'Compare the requests that fail with those that do not' : `Look at part ${basis} first`,
          rationale: `${words} So ${basis} comes now.`,
          action: 'run_query',
          minutes: '5',
          evidence: facts('steps', '[]'),
          runbook: 'none',
          hypothesis: ids('steps', '[]', 'hypothesis')[0],
        })),
      };
    case 'recommendation_designer':
      return {
        recommendations: [...ids('recommendations', '[]', 'basis'), 'new'].map((basis) => ({
          basis,
          kind: 'dashboard',
          title: basis === 'new' ? 'Show errors by kind of request' : `Keep ${basis}`,
          rationale: `${words} So ${basis} helps next time.`,
          evidence: facts('recommendations', '[]'),
        })),
      };
    case 'behavior_miner':
      return { patterns: ids('patterns', '[]', 'id').map((id) => ({ id, text: 'You mostly open the code before anything else.' })) };
    default:
      return {
        cases: [...ids('cases', '[]', 'basis'), 'new'].map((basis) => ({
          basis,
          title: 'A customer without a plan gets a price',
          description: words,
          category: 'Regression',
          priority: 'High',
          steps: ['Prepare a customer without a plan.', 'Ask for a price and expect an answer.'],
          evidence: facts('cases', '[]'),
        })),
      };
  }
}
