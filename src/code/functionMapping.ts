import type { FrameMapping } from '../domain/frame';
import { chooseFact, type ScoredFact } from './factChoice';
import { isTellingName, symbolNames } from './symbolNames';
import { declarationLine } from './textCheck';
import type { PathMatch, WorkspaceIndex } from './workspaceIndex';

const AS_CLASS = ['java', 'kt', 'scala', 'groovy', 'cs', 'php', 'swift', 'ts', 'js', 'tsx', 'dart', 'py', 'pm'];
const AS_MODULE = ['py', 'rb', 'ex', 'rs', 'go', 'js', 'ts', 'mjs', 'dart', 'pl', 'php'];
const MAX_FILES = 8;

/**
 * Where a function is declared that telemetry names without a file: `com.acme.CartController.show`, `OrdersController#show`,
 * `shop.views.order_detail`. The class or module gives the file, the text must declare the function; several places are none.
 */
export async function mapFunction(name: string, index: WorkspaceIndex, service: string | null, signal: AbortSignal): Promise<FrameMapping> {
  const { name: last, containers } = symbolNames(name.replace('@', '#'));
  if (last === null || containers.length === 0 || /\s/.test(name))
    return { location: null, deployed: null, candidates: [], reason: 'The name is not that of a function in a class or module.' };
  await index.refresh(signal);
  const found = filesOf(containers, index, service);
  const facts = await Promise.all(
    found.slice(0, MAX_FILES).map(async (match): Promise<ScoredFact[]> => {
      const text = await match.repository.readFile(match.path, signal);
      const line = text === null ? null : declarationLine(text, last);
      if (line === null) return [];
      const score = 0.55 + (isTellingName(last) ? 0.05 : 0) + 0.08 * Math.min(3, match.shared - 1);
      const how = `${containers.at(-1)} gives the file, which declares ${last}`;
      return [{ repository: match.repository, path: match.path, isInService: match.isInService, line, score, how }];
    }),
  );
  const mapping = chooseFact(facts.flat(), { isCut: false, none: 'No file of the workspace that is called so declares this function.' });
  return mapping.deployed === null ? mapping : { ...mapping, deployed: { ...mapping.deployed, function: last } };
}

/** Files that are called like the class or module, those in the folders of its package first. */
function filesOf(containers: readonly string[], index: WorkspaceIndex, service: string | null): PathMatch[] {
  const own = containers.at(-1) ?? '';
  const folders = containers.slice(0, -1);
  const snake = own.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const names = [...AS_CLASS.map((extension) => `${own}.${extension}`), ...AS_MODULE.map((extension) => `${snake}.${extension}`)];
  const matches = [...new Set(names)].flatMap((name) => index.match([...folders, name], service));
  const packages = index.match([...folders, own, '__init__.py'], service).filter(({ shared }) => shared > 1);
  return [...matches, ...packages].sort(
    (left, right) => right.shared - left.shared || Number(right.isInService) - Number(left.isInService),
  );
}
