import { existsSync } from 'node:fs';
import { findTool } from '../../helpers/tools.ts';
import { binaryPath, readTools } from './tools.ts';

/** The path of kubectl: the one that the rig has built, or else the machine's. Undefined when there is none. */
export function findKubectl(): string | undefined {
  const tool = readTools().get('kubectl');
  const built = tool === undefined ? undefined : binaryPath(tool);
  return built !== undefined && existsSync(built) ? built : findTool('kubectl');
}
