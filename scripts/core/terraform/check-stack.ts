// What can be said of a main.tf.json without Terraform: its blocks against the recorded schemas of their providers.
import { didYouMean } from '../suggest.ts';
import { checkBlock, type StackFinding } from './check-block.ts';
import { escapePointer, isObject } from './check-type.ts';
import { checkReferences } from './check-references.ts';
import { language, topLevel } from './language.ts';
import type { Block, ProviderSchemas } from './provider-schemas.ts';

/** Checks one stack. */
export function checkStack(stack: unknown, schemas: ProviderSchemas): StackFinding[] {
  if (!isObject(stack)) return [{ pointer: '', message: 'a stack is an object' }];
  const found: StackFinding[] = Object.keys(stack)
    .filter((name) => !topLevel.includes(name))
    .map((name) => ({
      pointer: `/${escapePointer(name)}`,
      message: `unknown block "${name}"`,
      hint: didYouMean(name, topLevel),
    }));
  const required = requiredProviders(stack);
  for (const [name, said] of Object.entries(required)) found.push(...checkPin(name, said, schemas));
  for (const kind of ['resource', 'data'] as const) {
    for (const { type, name, body, pointer } of blocksOf(stack, kind)) {
      const where = kind === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
      found.push(...checkOne({ kind, type, where, body, pointer }, required, schemas));
    }
  }
  for (const [name, body] of Object.entries(fields(stack['provider']))) {
    const schema = schemas[name]?.provider;
    const pointer = `/provider/${escapePointer(name)}`;
    if (schema) found.push(...checkBlock(schema, body, pointer, `provider.${name}`, ['alias', 'version']));
  }
  for (const kind of ['output', 'variable'] as const) {
    for (const [name, body] of Object.entries(fields(stack[kind]))) {
      found.push(...checkBlock(language[kind], body, `/${kind}/${escapePointer(name)}`, `${kind}.${name}`));
    }
  }
  return [...found, ...checkReferences(stack, schemas)];
}

interface Found {
  kind: 'resource' | 'data';
  type: string;
  where: string;
  body: unknown;
  pointer: string;
}

function checkOne(
  { kind, type, where, body, pointer }: Found,
  required: Record<string, unknown>,
  schemas: ProviderSchemas,
): StackFinding[] {
  const provider = providerOf(type, body);
  // Built into Terraform itself.
  if (provider === 'terraform') return [];
  if (!Object.hasOwn(required, provider)) {
    const hint = `add terraform.required_providers.${provider}, with its source and version`;
    return [{ pointer, message: `${where}: there is no provider "${provider}"`, hint }];
  }
  const known: Record<string, Block> = schemas[provider]?.[kind] ?? {};
  if (!Object.hasOwn(known, type)) {
    return [
      {
        pointer,
        severity: 'warning',
        message: `${where}: nothing is known of "${type}", so it is not checked`,
        hint: `record its schema: schemas/terraform/README.md says how`,
      },
    ];
  }
  return checkBlock({ ...known[type], ...withMeta(known[type]!) }, body, pointer, where, language.meta);
}

/** Every resource takes `lifecycle`, which has a schema of its own. */
function withMeta(block: Block): Pick<Block, 'block_types'> {
  return { block_types: { ...block.block_types, ...language.blocks } };
}

/** A provider must be pinned to the version whose schema is recorded: another one may take other arguments. */
function checkPin(name: string, said: unknown, schemas: ProviderSchemas): StackFinding[] {
  const schema = schemas[name];
  if (schema === undefined) return [];
  const pointer = `/terraform/required_providers/${escapePointer(name)}`;
  const { source, version } = fields(said);
  if (source === schema.source && version === schema.version) return [];
  return [
    {
      pointer,
      severity: 'warning',
      message: `the schema of ${schema.source} ${schema.version} is recorded, and this is ${String(source)} ${String(version)}`,
      hint: 'record its schema: schemas/terraform/README.md says how',
    },
  ];
}

function requiredProviders(stack: Record<string, unknown>): Record<string, unknown> {
  return fields(fields(stack['terraform'])['required_providers']);
}

function providerOf(type: string, body: unknown): string {
  const { provider } = fields(body);
  if (typeof provider === 'string') return provider.split('.')[0]!;
  return type.split('_')[0]!;
}

/** Every resource or data source of a stack. */
function blocksOf(
  stack: Record<string, unknown>,
  kind: 'resource' | 'data',
): { type: string; name: string; body: unknown; pointer: string }[] {
  return Object.entries(fields(stack[kind])).flatMap(([type, named]) =>
    Object.entries(fields(named)).map(([name, body]) => ({
      type,
      name,
      body,
      pointer: `/${kind}/${escapePointer(type)}/${escapePointer(name)}`,
    })),
  );
}

function fields(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}
