import { relative } from 'node:path';
import type { Diagnostic, Environment, Infrastructure } from '../types.ts';
import { checkStack } from './check-stack.ts';
import { readProviderSchemas } from './provider-schemas.ts';

/** Checks both stacks of an environment against the recorded schemas of their providers. */
export function checkInfrastructure(env: Environment, infrastructure: Infrastructure | null): Diagnostic[] {
  if (infrastructure === null) return [];
  const schemas = readProviderSchemas();
  const folder = relative(env.root, env.directory).replaceAll('\\', '/');
  return Object.entries(infrastructure.terraform).flatMap(([stack, content]) =>
    checkStack(content, schemas).map(({ message, ...finding }) => ({
      rule: 'terraform-schema',
      severity: 'error' as const,
      ...finding,
      message: `terraform/${stack}/main.tf.json: ${message}`,
      env: env.name,
      file: `${folder}/cluster.libsonnet`,
    })),
  );
}
