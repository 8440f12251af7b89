// What Terraform's language takes itself, in the form of a provider's schema.
import type { Attribute, Block, NestedBlock } from './provider-schemas.ts';

const optional = (type: Attribute['type']): Attribute => ({ type, optional: true });
const required = (type: Attribute['type']): Attribute => ({ type, required: true });

const condition: NestedBlock = {
  nesting_mode: 'list',
  block: { attributes: { condition: required('dynamic'), error_message: required('string') } },
};

export const language: {
  output: Block;
  variable: Block;
  /** Arguments of every resource. */
  meta: string[];
  /** Blocks of every resource. */
  blocks: Record<string, NestedBlock>;
} = {
  output: {
    attributes: {
      value: required('dynamic'),
      description: optional('string'),
      sensitive: optional('bool'),
      ephemeral: optional('bool'),
      depends_on: optional(['list', 'string']),
    },
    block_types: { precondition: condition },
  },
  variable: {
    attributes: {
      type: optional('string'),
      default: optional('dynamic'),
      description: optional('string'),
      sensitive: optional('bool'),
      ephemeral: optional('bool'),
      nullable: optional('bool'),
    },
    block_types: { validation: condition },
  },
  meta: ['count', 'for_each', 'depends_on', 'provider', 'connection', 'provisioner'],
  blocks: {
    lifecycle: {
      nesting_mode: 'list',
      max_items: 1,
      block: {
        attributes: {
          create_before_destroy: optional('bool'),
          prevent_destroy: optional('bool'),
          ignore_changes: optional('dynamic'),
          replace_triggered_by: optional(['list', 'string']),
        },
        block_types: { precondition: condition, postcondition: condition },
      },
    },
  },
};

/** Blocks at the top of a file. */
export const topLevel = [
  '//',
  'check',
  'data',
  'ephemeral',
  'import',
  'locals',
  'module',
  'moved',
  'output',
  'provider',
  'removed',
  'resource',
  'terraform',
  'variable',
];
