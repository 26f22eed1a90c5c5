export type ErrorKind =
  | 'cancelled'
  | 'configuration'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'unreachable'
  | 'server'
  | 'bad_answer'
  | 'bad_input'
  | 'workspace'
  | 'internal';

/** An error whose message is one clear sentence for a person that says what to do; the cause is for the log. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly kind: ErrorKind,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The sentence to show for anything that was thrown. */
export function messageFor(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return `Something in AIDog went wrong: ${error instanceof Error ? error.message : String(error)}. Run "AIDog: Show Log" for the details.`;
}

/** Whether the work was called off rather than failed. */
export function isCancellation(error: unknown): boolean {
  if (error instanceof AppError) return error.kind === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

export const cancelled = () => new AppError('cancelled', 'The investigation was cancelled; what was found so far is kept.');

export const surveyCancelled = () => new AppError('cancelled', 'The look at the services was cancelled.');

export const noDatadogKeys = () =>
  new AppError('configuration', 'No Datadog keys are stored. Run "AIDog: Configure Datadog", or set DD_API_KEY and DD_APP_KEY.');

export const wrongDatadogKeys = (site: string, cause?: unknown) =>
  new AppError(
    'forbidden',
    `Datadog (${site}) does not accept these keys. Check the site, then enter both keys again with "AIDog: Configure Datadog".`,
    { cause },
  );

export const missingPermission = (permission: string, what: string, cause?: unknown) =>
  new AppError('forbidden', `Datadog refused to show ${what}: the application key needs the permission "${permission}".`, { cause });

/** The permission that {@link missingPermission} names; null for any other error. */
export function permissionNamed(error: unknown): string | null {
  if (!(error instanceof AppError) || error.kind !== 'forbidden') return null;
  return /needs the permission "(\w+)"/.exec(error.message)?.[1] ?? null;
}

export const unreachable = (where: string, cause?: unknown) =>
  new AppError(
    'unreachable',
    `${where} cannot be reached. Check the network, the proxy and the address in the setting "aidog.datadog.baseUrl".`,
    { cause },
  );

export const timedOut = (where: string, seconds: number, cause?: unknown) =>
  new AppError(
    'unreachable',
    `${where} did not answer within ${seconds} s. Try again, or raise the setting "aidog.datadog.timeoutSeconds".`,
    { cause },
  );

export const rateLimited = (where: string, retryInSec: number | null, cause?: unknown) =>
  new AppError('rate_limited', `${where} is limiting requests. Try again ${retryInSec === null ? 'in a minute' : `in ${retryInSec} s`}.`, {
    cause,
  });

export const serverFailed = (where: string, status: number, cause?: unknown) =>
  new AppError('server', `${where} failed with status ${status}, also when asked again. Try later, or look at its status page.`, { cause });

export const unreadableAnswer = (where: string, what: string, cause?: unknown) =>
  new AppError(
    'bad_answer',
    `${where} sent an answer to the request for ${what} that cannot be read. Try again; if it stays so, run "AIDog: Show Log" and report it.`,
    { cause },
  );

export const refusedQuery = (where: string, reason: string, cause?: unknown) =>
  new AppError('bad_input', `${where} does not accept the query: ${reason}`, { cause });

export const unknownAddress = (where: string, what: string, cause?: unknown) =>
  new AppError(
    'not_found',
    `${where} has no address for ${what}. Check the Datadog site, and the address in the setting "aidog.datadog.baseUrl".`,
    { cause },
  );

export const monitorNotFound = (id: number, cause?: unknown) =>
  new AppError('not_found', `There is no monitor ${id} in this Datadog account. Check the number and the site.`, { cause });

export const unreadableRecording = (dir: string, why: string, cause?: unknown) =>
  new AppError('bad_input', `The recording ${dir} cannot be read: ${why}`, { cause });

export const notAGitRepository = (dir: string, cause?: unknown) =>
  new AppError(
    'workspace',
    `${dir} is not a Git repository, so no commit can be named. Open the folder that contains the .git directory.`,
    { cause },
  );

export const repositoryWithoutCommits = (dir: string) =>
  new AppError('workspace', `The Git repository ${dir} has no commit yet, so none can be named. Open a clone of the deployed code.`);

export const gitMissing = (cause?: unknown) =>
  new AppError('workspace', 'Git was not found. Install Git and make sure that it is on the PATH.', { cause });

export const engineStopped = (cause?: unknown) =>
  new AppError(
    'internal',
    'AIDog\'s engine stopped unexpectedly. Run the command again; the engine starts anew. "AIDog: Show Log" has the details.',
    {
      cause,
    },
  );

export const demoIncomplete = (what: string, cause?: unknown) =>
  new AppError('internal', `The demo is incomplete: ${what} is missing or damaged. Install AIDog again.`, { cause });

export const promptMissing = (name: string, cause?: unknown) =>
  new AppError('internal', `The prompt "${name}" is missing, so the model was not asked. Install AIDog again.`, { cause });

export const folderInTheWay = (dir: string) =>
  new AppError('workspace', `The demo's repository belongs into ${dir}, but something else is there. Move that folder away and try again.`);

export const foreignRepository = (dir: string, cause?: unknown) =>
  new AppError(
    'workspace',
    `Git does not read ${dir} because it belongs to another user. If you trust it, run: git config --global --add safe.directory "${dir}"`,
    { cause },
  );

export const commitNotFetched = (sha: string, why: string, cause?: unknown) =>
  new AppError('unreachable', `The commit ${sha.slice(0, 12)} could not be fetched: ${why}`, { cause });

export const badArguments = (why: string, cause?: unknown) =>
  new AppError('bad_input', `Bad arguments: ${why} See "aidog --help".`, { cause });

export const noWorkspaceFolder = () =>
  new AppError(
    'workspace',
    'No folder may be read, so no commit and no file can be named. Open the Git repository that holds the code; in Restricted Mode, trust it.',
  );

export const portTaken = (port: number, cause?: unknown, option = '--port') =>
  new AppError('bad_input', `Port ${port} is in use. Choose another one with ${option}, or 0 for any free one.`, { cause });

export const serviceDidNotStart = (service: string, why: string, cause?: unknown) =>
  new AppError('internal', `The demo's service ${service} did not start: ${why}`, { cause });

export const demoRunning = (pid: number) =>
  new AppError('internal', `The demo is running already, as process ${pid}. End that one with Ctrl-C, then start again.`);

export const folderNotFound = (dir: string, cause?: unknown) =>
  new AppError('bad_input', `There is no folder ${dir}. Check the path.`, { cause });

export const noStackFound = () =>
  new AppError('bad_input', 'No stack trace was found in the text. Pass output that has one, for example: aidog stack < trace.txt');

export const nothingToRead = () =>
  new AppError('bad_input', 'Standard input is empty. Pass a stack trace, for example: aidog stack < trace.txt');

export const lookupCancelled = (cause?: unknown) => new AppError('cancelled', 'The lookup was cancelled.', { cause });

export const unreadableMappingRules = (where: string, cause?: unknown) =>
  new AppError('bad_input', `${where} is not a JSON array of rules, so none of them is used. Correct it or remove it.`, { cause });

export const malformedMappingRule = (where: string, number: number) =>
  new AppError(
    'bad_input',
    `Rule ${number} in ${where} is left out: it must have "stackRoot" and "sourceRoot" (a folder of the repository), or "library" or "app" with a glob.`,
  );
