import type { StackFrame } from '../domain/frame';
import type { Repository } from '../domain/ports';
import type { FramePath } from './framePath';
import { librarySegment } from './frames/origin';
import type { WorkspaceIndex } from './workspaceIndex';

type ProjectKind = 'go.mod' | 'Cargo.toml' | 'mix.exs' | 'pubspec.yaml' | 'package.json';

/** A module, crate, application or package that has its home in the workspace. */
export interface Project {
  /** As the language calls it in frames. */
  readonly name: string;
  readonly repository: Repository;
  /** Repository-relative folder, without a slash at its end; empty for the root. */
  readonly dir: string;
}

/** A place that follows from a project's name rather than from equal endings. */
export interface ProjectPlace {
  readonly repository: Repository;
  readonly path: string;
  readonly how: string;
}

const MAX_MANIFESTS = 300;
const MAX_MANIFEST_CHARS = 200_000;

/** The projects of the workspace, read from their manifests when a frame first needs them. */
export class Projects {
  readonly #index: WorkspaceIndex;
  readonly #read = new Map<ProjectKind, { readonly revision: number; readonly projects: Promise<readonly Project[]> }>();

  constructor(index: WorkspaceIndex) {
    this.#index = index;
  }

  /** Where the names in a frame lead: Go import paths, Rust crates, Elixir applications, Dart and npm packages of the workspace. */
  async placesOf(frame: StackFrame, path: FramePath, signal: AbortSignal): Promise<readonly ProjectPlace[]> {
    const name = path.segments.at(-1) ?? '';
    const places = async (kind: ProjectKind, find: (project: Project) => string | null) => {
      const found = (await this.#of(kind, signal)).flatMap((project) => {
        const rest = find(project);
        const how = `${kind} of ${project.dir === '' ? project.repository.name : project.dir} is that of ${project.name}`;
        return rest === null ? [] : [{ repository: project.repository, path: join(project.dir, rest), how, name: project.name }];
      });
      return found
        .filter((place) => this.#index.has(place.repository, place.path))
        .sort((left, right) => right.name.length - left.name.length);
    };
    if (name.endsWith('.go')) return places('go.mod', (project) => inGoModule(frame, path, project.name));
    if (name.endsWith('.rs')) return places('Cargo.toml', (project) => inCrate(frame, path, project.name));
    if (/\.exs?$/.test(name)) return places('mix.exs', (project) => inElixirApp(frame, path, project.name));
    if (frame.file?.startsWith('package:') === true) return places('pubspec.yaml', (project) => inDartPackage(path, project.name));
    if (path.segments.includes('node_modules')) return places('package.json', (project) => inNodePackage(path, project.name));
    return [];
  }

  #of(kind: ProjectKind, signal: AbortSignal): Promise<readonly Project[]> {
    const { revision } = this.#index;
    const known = this.#read.get(kind);
    if (known?.revision === revision) return known.projects;
    const projects = readProjects(this.#index, kind, signal).catch((error: unknown) => {
      this.#read.delete(kind);
      throw error;
    });
    this.#read.set(kind, { revision, projects });
    return projects;
  }
}

const join = (dir: string, rest: string) => (dir === '' ? rest : `${dir}/${rest}`);

async function readProjects(index: WorkspaceIndex, kind: ProjectKind, signal: AbortSignal): Promise<Project[]> {
  const manifests = index.named(kind).slice(0, MAX_MANIFESTS);
  const read = await Promise.all(
    manifests.map(async ({ repository, path }) => {
      const text = (await repository.readFile(path, signal)) ?? (await repository.fileAt('HEAD', path, signal)) ?? '';
      const dir = path.slice(0, Math.max(0, path.length - kind.length - 1));
      return projectNames(kind, text.slice(0, MAX_MANIFEST_CHARS)).map((name): Project => ({ name, repository, dir }));
    }),
  );
  return read.flat();
}

function projectNames(kind: ProjectKind, text: string): string[] {
  if (kind === 'package.json') return [jsonName(text)].filter((name) => name !== null);
  const patterns: Record<typeof kind, RegExp> = {
    'go.mod': /^module[ \t]{1,10}"?([^\s"]{1,200})/m,
    'Cargo.toml': /^\[package\][^[]{0,2000}?^name[ \t]{0,10}=[ \t]{0,10}"([\w-]{1,100})"/m,
    'mix.exs': /\bapp:\s{0,10}:(\w{1,100})/,
    'pubspec.yaml': /^name:[ \t]{0,10}["']?(\w{1,100})/m,
  };
  const name = patterns[kind].exec(text)?.[1];
  return name === undefined ? [] : [name];
}

function jsonName(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text);
    const name = typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : null;
    return typeof name === 'string' && name !== '' ? name : null;
  } catch {
    return null;
  }
}

/** `-trimpath` prints the import path in the place of the folder; otherwise the function's name begins with it. */
function inGoModule(frame: StackFrame, { segments, isAbsolute }: FramePath, module: string): string | null {
  const printed = segments.map((segment) => segment.replace(/@.{1,100}$/, '')).join('/');
  const slash = `/${module}/`;
  const at = `/${printed}`.lastIndexOf(slash);
  if (at === 0 || (at > 0 && isAbsolute && segments.some((segment) => segment.includes('@'))))
    return `/${printed}`.slice(at + slash.length);
  const imported = importPathOf(frame.function);
  const name = segments.at(-1) ?? '';
  if (imported === module) return name;
  return imported?.startsWith(`${module}/`) ? `${imported.slice(module.length + 1)}/${name}` : null;
}

/** `github.com/acme/shop/pricing.(*Pricer).Quote` → `github.com/acme/shop/pricing`. */
function importPathOf(name: string | null): string | null {
  if (name === null || name.length > 500) return null;
  const slash = name.lastIndexOf('/', name.includes('[') ? name.indexOf('[') : undefined);
  const dot = name.indexOf('.', slash + 1);
  return dot === -1 || slash === -1 ? null : name.slice(0, dot).replaceAll('%2e', '.');
}

/** Cargo prints paths relative to where it was started, which is the crate or the workspace that has it as a member. */
function inCrate(frame: StackFrame, { segments, isAbsolute }: FramePath, crate: string): string | null {
  const first = /^<?(\w+)/.exec(frame.function ?? '')?.[1];
  if (isAbsolute || first !== crate.replaceAll('-', '_')) return null;
  return /^(?:src|tests|examples|benches)$/.test(segments[0] ?? '') || segments[0] === 'build.rs' ? segments.join('/') : null;
}

/** Paths are relative to the application, and an umbrella has several: `ShopWeb.Router` is in `shop_web`. */
function inElixirApp(frame: StackFrame, { segments, isAbsolute }: FramePath, app: string): string | null {
  if (isAbsolute) return null;
  if (segments[0] === app && segments.length > 1) return segments.slice(1).join('/');
  const [module] = /[A-Z]\w{0,100}/.exec(frame.function ?? '') ?? [];
  const name = module?.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return name === app ? segments.join('/') : null;
}

function inDartPackage({ segments }: FramePath, name: string): string | null {
  return segments[0] === `package:${name}` ? `lib/${segments.slice(1).join('/')}` : null;
}

/** A package of the workspace that was installed like any other. */
function inNodePackage({ segments }: FramePath, name: string): string | null {
  const below = segments.slice(librarySegment(segments) + 1);
  const length = name.startsWith('@') ? 2 : 1;
  return below.slice(0, length).join('/') === name ? below.slice(length).join('/') : null;
}
