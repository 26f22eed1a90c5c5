import { version } from '../../package.json';
import { AppError, messageFor } from '../domain/errors';
import { oneLine } from '../domain/plainText';
import { type Command, parseCommand } from './arguments';
import { HELP } from './help';
import type { World } from './world';

/** Exit code: 0 it ran, 2 bad arguments or input that cannot be read, 1 anything else; failures say why in one line on stderr. */
export async function runCli(args: readonly string[], world: World): Promise<number> {
  try {
    await run(parseCommand(args), world);
    return 0;
  } catch (error) {
    world.stderr.write(`aidog: ${oneLine(messageFor(error))}\n`);
    if (world.env.AIDOG_DEBUG && error instanceof Error) world.stderr.write(`${error.stack}\n`);
    return error instanceof AppError && error.kind === 'bad_input' ? 2 : 1;
  }
}

async function run(command: Command, world: World): Promise<void> {
  switch (command.kind) {
    case 'help':
      world.stdout.write(HELP);
      return;
    case 'version':
      world.stdout.write(`${version}\n`);
      return;
    case 'investigate':
      return (await import('./investigateCommand')).investigateCommand(command, world);
    case 'stack':
      return (await import('./stackCommand')).stackCommand(command, world);
    case 'doctor':
      return (await import('./doctorCommand')).doctorCommand(command, world);
    case 'forecast':
      return (await import('./forecastCommand')).forecastCommand(command, world);
    case 'logs':
      return (await import('./logsCommand')).logsCommand(command, world);
    case 'traces':
      return (await import('./tracesCommand')).tracesCommand(command, world);
    case 'anomalies':
      return (await import('./anomaliesCommand')).anomaliesCommand(command, world);
    case 'eval':
      return (await import('./evalCommand')).evalCommand(command, world);
    case 'sandbox':
      return (await import('./sandboxCommand')).sandboxCommand(command, world);
  }
}
