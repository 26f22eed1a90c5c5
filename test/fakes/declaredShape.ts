/** What a model class of the official client says of its JSON. */
interface ModelClass {
  getAttributeTypeMap?(): Readonly<Record<string, { readonly baseName: string; readonly type: string }>>;
}

export type Models = Readonly<Record<string, unknown>>;

/** Path (`data[].attributes.tags[]`) → the JSON types seen there. Only what the client's models declare; maps and unions are opaque. */
export type Shape = Map<string, Set<string>>;

const jsonType = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** The declared shape of a JSON value of a model type such as `Array<Monitor>`. */
export function declaredShape(value: unknown, type: string, models: Models, shape: Shape = new Map(), path = ''): Shape {
  const types = shape.get(path) ?? new Set();
  shape.set(path, types.add(jsonType(value)));
  const element = /^Array<(.*)>$/.exec(type)?.[1];
  if (element !== undefined) {
    if (Array.isArray(value)) for (const item of value) declaredShape(item, element, models, shape, `${path}[]`);
    return shape;
  }
  const model = Object.hasOwn(models, type) ? (models[type] as ModelClass) : undefined;
  if (typeof value !== 'object' || value === null || model?.getAttributeTypeMap === undefined) return shape;
  for (const [name, { baseName, type: inner }] of Object.entries(model.getAttributeTypeMap())) {
    if (name === 'additionalProperties' || !Object.hasOwn(value, baseName)) continue;
    declaredShape((value as Record<string, unknown>)[baseName], inner, models, shape, path === '' ? baseName : `${path}.${baseName}`);
  }
  return shape;
}

/** Paths of `ours` whose types are not among those of `recorded`; null goes with everything, and so do paths that are only ours. */
export function typeConflicts(ours: Shape, recorded: Shape): string[] {
  const conflicts: string[] = [];
  for (const [path, types] of ours) {
    const theirs = recorded.get(path);
    if (theirs === undefined || [...theirs].every((type) => type === 'null')) continue;
    for (const type of types)
      if (type !== 'null' && !theirs.has(type)) conflicts.push(`${path}: ${type}, recorded ${[...theirs].join('|')}`);
  }
  return conflicts;
}

/** Paths of every recorded answer that ours lacks although it has what should contain them. */
export function missingPaths(ours: Shape, recorded: readonly Shape[]): string[] {
  const [first, ...rest] = recorded;
  const common = [...(first?.keys() ?? [])].filter((path) => rest.every((shape) => shape.has(path)));
  return common.filter((path) => !ours.has(path) && ours.has(parentOf(path)) && !isEmptyList(path, ours));
}

const parentOf = (path: string) =>
  path.endsWith('[]') ? path.slice(0, -2) : path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '';

/** Whether the path names the elements of a list of ours, which has none. */
const isEmptyList = (path: string, ours: Shape) => path.endsWith('[]') && ours.has(path.slice(0, -2));
