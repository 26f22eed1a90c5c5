import { access } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../src/domain/errors';

/** The shop keeps its catalog in `node:sqlite`, which Node has since 22.5: this process's program, or the `node` package's. */
export async function demoNode(projectRoot: string): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 5)) return process.execPath;
  const installed = path.join(projectRoot, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  await access(installed).catch((error) => {
    throw new AppError('internal', 'The demo needs Node 22.5 or later. Run "npm ci", which installs one beside the project.', {
      cause: error,
    });
  });
  return installed;
}
