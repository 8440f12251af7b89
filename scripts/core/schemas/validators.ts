import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import ajvPackage from 'ajv/package.json' with { type: 'json' };
import { packageRoot, parseBundle, readBundleText } from './bundle.ts';
import { compilerVersion, makeCompiler, sharedDefinitions, type Compiler } from './compile.ts';
import type { SchemaBundle } from './derive-kubernetes.ts';
import { runtimeModules } from './runtime.ts';
import { definitionPrefix, type SchemaNode } from './schema-nodes.ts';
import type { KindEntry } from './swagger.ts';
import { digest, readValidator, writeValidator } from './validator-store.ts';

/** One error as ajv reports it without messages. */
export interface AjvError {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
}

/** A compiled validator. After it returned false, `errors` lists everything that is wrong. */
export interface Validate {
  (value: unknown): boolean;
  errors?: AjvError[] | null;
}

/** The validators of one Kubernetes minor, each loaded when it is first asked for. */
export interface KubernetesValidators {
  /** By `<apiVersion>/<kind>`. */
  kinds: Readonly<Record<string, KindEntry>>;
  /** The validator of a name in `kinds`. */
  kind(name: string): Validate;
  /** The validator of a CustomResourceDefinition's schema, as `crdToJsonSchema` makes it. */
  custom(schema: SchemaNode): Validate;
  /** The schemas themselves; parsed at the first call. */
  bundle(): SchemaBundle;
}

/** Where compiled validators of a minor lie after installation. */
export function installedFolder(minor: string): string {
  return join(packageRoot(), 'dist/validators', minor);
}

/**
 * Opens the validators of a minor. What was compiled at installation is read from there; the rest is compiled when it
 * is needed and kept in the cache folder. A cache that can't be written costs time, nothing else.
 *
 * @param cache absolute path of a folder that may be deleted at any time
 */
export function openValidators(minor: string, cache: string): KubernetesValidators {
  const text = readBundleText(minor);
  const key = validatorKey(text);
  const loaded = new Map<string, unknown>();
  const customs = new Map<SchemaNode, Validate>();
  let parsed: SchemaBundle | undefined;
  let compiler: Compiler | undefined;

  return {
    kinds: loadUnit('index') as Record<string, KindEntry>,
    kind: (name) => loadUnit(name) as Validate,
    custom(schema) {
      let validate = customs.get(schema);
      if (!validate) {
        const source = JSON.stringify(schema);
        // Independent of the minor: what differs between minors, ObjectMeta, is a module of its own.
        const path = join(cache, `${validatorKey(source)}.cjs`);
        validate = evaluate(fromCache(path, '', () => compile(schema)), path) as Validate;
        customs.set(schema, validate);
      }
      return validate;
    },
    bundle,
  };

  function bundle(): SchemaBundle {
    return (parsed ??= parseBundle(text));
  }

  function compile(schema: SchemaNode): string {
    return (compiler ??= makeCompiler(bundle().definitions))(schema);
  }

  function loadUnit(unit: string): unknown {
    const known = loaded.get(unit);
    if (known !== undefined) return known;
    const unitKey = `${key} ${unit}`;
    const installed = join(installedFolder(minor), unitFile(unit));
    const source =
      readValidator(installed, unitKey) ??
      fromCache(join(cache, `${digest(unitKey)}.cjs`), unitKey, () =>
        unitSource(bundle(), unit, compile),
      );
    const value = evaluate(source, installed);
    loaded.set(unit, value);
    return value;
  }

  function evaluate(source: string, filename: string): unknown {
    const module = { exports: {} as unknown };
    const body = compileFunction(source, ['module', 'exports', 'require'], { filename });
    body(module, module.exports, (id: string) =>
      id.startsWith(definitions) ? loadUnit(id.slice(definitions.length)) : runtimeModules[id],
    );
    return module.exports;
  }
}

const definitions = 'rekindle/definitions/';

function fromCache(path: string, key: string, make: () => string): string {
  const cached = readValidator(path, key);
  if (cached !== undefined) return cached;
  const source = make();
  try {
    writeValidator(path, key, source);
  } catch {
    // A full or read-only disk must not stop a check.
  }
  return source;
}

/** What a compiled validator depends on: the schema, ajv, and how we use it. */
export function validatorKey(schemaText: string): string {
  return digest(schemaText, ajvPackage.version, String(compilerVersion));
}

/** The modules that a minor is compiled to: `index`, one per kind, one per shared definition. */
export function unitNames(bundle: SchemaBundle): string[] {
  return ['index', ...Object.keys(bundle.kinds), ...sharedDefinitions];
}

/** File name of a unit; `/` occurs in the names of kinds only. */
export function unitFile(unit: string): string {
  return `${unit.replaceAll('/', '_')}.cjs`;
}

/** The source of one unit. */
export function unitSource(bundle: SchemaBundle, unit: string, compile: Compiler): string {
  if (unit === 'index') return `module.exports=${JSON.stringify(bundle.kinds)}`;
  const kind = bundle.kinds[unit];
  if (kind) return compile(manifestSchema({ $ref: definitionPrefix + kind.definition }));
  return compile(bundle.definitions[unit] as SchemaNode);
}

/**
 * What makes an object of a kind a manifest. It stays outside the shared definitions, because the same types are also
 * embedded without these fields, in a StatefulSet's volumeClaimTemplates for one.
 */
export function manifestSchema(schema: SchemaNode): SchemaNode {
  return {
    allOf: [schema],
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      metadata: { type: 'object', if: { required: ['generateName'] }, else: { required: ['name'] } },
    },
  };
}
