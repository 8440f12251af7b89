import type { Engine, EngineName } from './engine.ts';
import { nodeJsonnet } from './engine-node-jsonnet.ts';
import { typescriptEngine } from './engine-typescript.ts';

/** The engine of a name. */
export function engineOf(name: EngineName): Engine {
  return name === 'typescript' ? typescriptEngine() : nodeJsonnet();
}
