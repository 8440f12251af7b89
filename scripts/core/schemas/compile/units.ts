import { join } from 'node:path';
import { packageRoot, type SchemaBundle } from '../bundle.ts';
import { compilerIdentity, sharedDefinitions, type Compiler } from './compiler.ts';
import { definitionPrefix, type SchemaNode } from '../schema-nodes.ts';
import { digest } from './validator-files.ts';

// A minor is compiled to units: one module per kind, one per shared definition, and `index`, the list of kinds.

/** The units of a minor. */
export function unitNames(bundle: SchemaBundle): string[] {
  return ['index', ...Object.keys(bundle.kinds), ...sharedDefinitions];
}

/** The source of one unit, a CommonJS module. */
export function unitSource(bundle: SchemaBundle, unit: string, compile: Compiler): string {
  if (unit === 'index') return `module.exports=${JSON.stringify(bundle.kinds)}`;
  const definition = bundle.kinds[unit]?.definition;
  // The check that the object names apiVersion and kind is not ours: without them nobody would have come here.
  if (definition) return compile({ $ref: definitionPrefix + definition, type: 'object' });
  return compile(bundle.definitions[unit] as SchemaNode);
}

/** Where a unit lies after installation. `/` occurs in the names of kinds only. */
export function unitFile(minor: string, unit: string): string {
  return join(unitFolder(minor), `${unit.replaceAll('/', '_')}.cjs`);
}

/** The folder of a minor's units. */
export function unitFolder(minor: string): string {
  return join(packageRoot(), 'dist/validators', minor);
}

/** Identifies compiled code by all that it depends on: the text of the schema, ajv, and how we use it. */
export function validatorKey(schemaText: string): string {
  return digest(schemaText, compilerIdentity());
}
