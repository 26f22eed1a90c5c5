const GENERIC_STEMS = new Set(
  (
    'index main app application server program startup bootstrap __init__ __main__ mod lib handler handlers util utils helper helpers ' +
    'common types type errors error exceptions config settings constants models model views view routes routing urls router page ' +
    'layout route setup run manage cli test api client service services controller controllers middleware schema schemas base core ' +
    'default entry worker tasks task wsgi asgi conftest serializers admin forms package doc global globals extensions module'
  ).split(' '),
);

const GENERIC_FOLDERS = new Set(
  (
    'src lib libs app apps main dist build out bin test tests spec internal cmd pkg server client api core common utils util helpers ' +
    'shared services service packages modules components controllers models views source sources java kotlin scala groovy python go ' +
    'web www public static assets js ts css scripts code project'
  ).split(' '),
);

/** Names that nearly every project has: the name alone says nothing about which file it is. */
export function isGenericName(name: string): boolean {
  const dot = name.indexOf('.');
  return GENERIC_STEMS.has((dot > 0 ? name.slice(0, dot) : name).toLowerCase());
}

/** How much equal trailing segments of a path say: 1 for a telling name, a half for one that most projects have. */
export function strengthOf(shared: readonly string[]): number {
  let strength = 0;
  for (const [at, segment] of shared.entries()) {
    const isGeneric = at === shared.length - 1 ? isGenericName(segment) : GENERIC_FOLDERS.has(segment.toLowerCase());
    strength += isGeneric ? 0.5 : 1;
  }
  return strength;
}

/** Folders at a file system's root into which programs are put, whatever they are called where they were written. */
const DEPLOYMENT_FOLDERS = new Set('app apps src srv code opt usr var home work workspace build builds project repo root tmp'.split(' '));

/** Whether the first folder of an absolute path is a usual place to deploy to, so that its name says nothing. */
export const isDeploymentFolder = (segment: string) => DEPLOYMENT_FOLDERS.has(segment);

const NOISE = ['service', 'svc', 'server', 'api', 'app'];

/** Names of a service as they occur in folder names: `checkoutservice`, `checkout-svc` and `checkout` are one. */
export function serviceFolderNames(service: string): ReadonlySet<string> {
  const known = KNOWN_NAMES.get(service);
  if (known !== undefined) return known;
  if (KNOWN_NAMES.size >= MAX_KNOWN) KNOWN_NAMES.clear();
  const names = namesOf(service);
  KNOWN_NAMES.set(service, names);
  return names;
}

/** The same few folders and services are asked about for each commit and deployment. */
const KNOWN_NAMES = new Map<string, ReadonlySet<string>>();
const MAX_KNOWN = 5_000;

function namesOf(service: string): ReadonlySet<string> {
  const plain = service.toLowerCase();
  const names = new Set([plain]);
  for (const word of NOISE) {
    for (const tail of [`-${word}`, `_${word}`, word]) {
      const stem = plain.slice(0, -tail.length);
      if (plain.endsWith(tail) && stem.length >= 3) names.add(stem.replace(/[-_]$/, ''));
    }
  }
  const [last] = plain.split(/[/.:]/).slice(-1);
  if (last !== undefined && last.length >= 3) names.add(last);
  return names;
}

/** Whether a repository path lies in a folder that is named like the service. */
export const isInServiceFolder = (path: string, service: string) => createServiceTest(service)(path);

/** {@link isInServiceFolder} for many paths: each folder name is judged once. */
export function createServiceTest(service: string): (path: string) => boolean {
  const names = serviceFolderNames(service);
  const known = new Map<string, boolean>();
  const isOfService = (folder: string) => {
    const judged = known.get(folder) ?? [...serviceFolderNames(folder)].some((name) => names.has(name));
    known.set(folder, judged);
    return judged;
  };
  return (path) => path.split('/').slice(0, -1).some(isOfService);
}
