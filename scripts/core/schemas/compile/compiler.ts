import { createRequire } from 'node:module';
import type { CodeKeywordDefinition, KeywordCxt } from 'ajv';
import { duplicateEntry, formats } from './runtime.ts';
import { definitionPrefix, mapChildren, type SchemaNode } from '../schema-nodes.ts';

// Ajv is loaded when a schema must be compiled, which a warm run never does; therefore no import.
const load = createRequire(import.meta.url);

/** Raise it when this folder makes different code from the same schema; a test notices. */
const compilerVersion = 1;

/** Part of the key of every compiled validator. */
export function compilerIdentity(): string {
  const { version } = load('ajv/package.json') as { version: string };
  return `ajv ${version}, compiler ${compilerVersion}`;
}

/**
 * Definitions that get a module of their own because the biggest kinds share them: the code is a third of the size,
 * and what one kind made fast is fast for the next.
 */
export const sharedDefinitions: ReadonlySet<string> = new Set([
  'io.k8s.api.core.v1.PodSpec',
  'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
]);

/** Compiles one schema to the source of a module. */
export type Compiler = (schema: SchemaNode) => string;

/**
 * Makes a compiler from JSON Schema to the source of a CommonJS module that exports an ajv validation function. The
 * module requires nothing but `runtimeModules` and, for {@link sharedDefinitions}, `rekindle/definitions/<name>`.
 *
 * @param definitions what `#/definitions/<name>` means in the schemas to compile
 */
export function makeCompiler(definitions: Readonly<Record<string, SchemaNode>>): Compiler {
  const { Ajv, _ } = load('ajv') as typeof import('ajv');
  const standaloneCode = (load('ajv/dist/standalone') as { default: (ajv: unknown, validate: unknown) => string })
    .default;
  const ajv = new Ajv({
    allErrors: true,
    // Messages are made from the findings; without ajv's own the code is a fifth smaller.
    messages: false,
    // The tests check the schemas themselves.
    validateSchema: false,
    strict: false,
    // Inlining makes more code and saves no measurable time.
    inlineRefs: false,
    formats,
    code: { source: true, formats: _`require("rekindle/formats")` },
  });
  ajv.addKeyword(uniqueKeys());
  ajv.addKeyword(sharedDefinition());
  ajv.addSchema({ definitions: link({ definitions }).definitions }, 'bundle');
  return (schema) => standaloneCode(ajv, ajv.compile(link(schema)));
}

/** Points every reference to a definition at the bundle, or at the module of a shared one. */
function link(schema: SchemaNode): SchemaNode {
  const { $ref, ...rest } = mapChildren(schema, link);
  if (typeof $ref !== 'string') return rest;
  if (!$ref.startsWith(definitionPrefix)) return { ...rest, $ref };
  const name = $ref.slice(definitionPrefix.length);
  return sharedDefinitions.has(name) ? { ...rest, sharedDefinition: name } : { ...rest, $ref: `bundle${$ref}` };
}

/** Keyword for lists that are maps: `{field: default or null}`. Its error names both entries. */
function uniqueKeys(): CodeKeywordDefinition {
  const { _ } = load('ajv') as typeof import('ajv');
  return {
    keyword: 'uniqueKeys',
    type: 'array',
    schemaType: 'object',
    code(context: KeywordCxt) {
      const { gen, data, schemaCode } = context;
      const find = gen.scopeValue('func', {
        ref: duplicateEntry,
        code: _`require("rekindle/unique-keys").default`,
      });
      const found = gen.const('found', _`${find}(${data}, ${schemaCode})`);
      context.setParams({ found });
      context.fail(_`${found} !== undefined`);
    },
    error: {
      message: '',
      params: ({ params, schemaCode }) => _`{entries: ${params.found as never}, keys: ${schemaCode}}`,
    },
  };
}

/** Keyword that stands for a `$ref` to a definition which is compiled to its own module. */
function sharedDefinition(): CodeKeywordDefinition {
  const { _ } = load('ajv') as typeof import('ajv');
  const { callRef } = load('ajv/dist/vocabularies/core/ref') as typeof import('ajv/dist/vocabularies/core/ref.js');
  return {
    keyword: 'sharedDefinition',
    schemaType: 'string',
    code(context: KeywordCxt) {
      const name = context.schema as string;
      const validate = context.gen.scopeValue('func', {
        key: name,
        ref: {},
        code: _`require(${`rekindle/definitions/${name}`})`,
      });
      callRef(context, validate);
    },
  };
}
