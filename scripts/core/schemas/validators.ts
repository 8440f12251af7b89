import { compileFunction } from 'node:vm';
import { readEntry, writeEntry, type Cache } from '../cache.ts';
import { parseBundle, readBundleText, type KindEntry, type SchemaBundle } from './bundle.ts';
import { crdToJsonSchema } from './compile/crd-schema.ts';
import { hoist } from './compile/hoist.ts';
import { makeCompiler, type Compiler } from './compile/compiler.ts';
import type { CrdVersion } from './crd.ts';
import { runtimeModules } from './compile/runtime.ts';
import { unitFile, unitSource, validatorKey } from './compile/units.ts';
import { digest, readValidator } from './compile/validator-files.ts';

/** One error as ajv reports it without messages. */
export interface AjvError {
  /** JSON Pointer to the value that is wrong. */
  instancePath: string;
  /** JSON Pointer to the keyword, from the schema that ajv happened to compile as one function. */
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
export interface Validators {
  /** By `<apiVersion>/<kind>`. */
  kinds: Readonly<Record<string, KindEntry>>;
  /** The validator of a name in `kinds`. */
  kind(name: string): Validate;
  /** The validator of one version of a CustomResourceDefinition. */
  custom(version: CrdVersion): Validate;
  /** The schemas themselves; parsed at the first call. */
  bundle(): SchemaBundle;
}

const definitions = 'rekindle/definitions/';

/**
 * Opens the validators of a minor. What the installation compiled is read from there; the rest is compiled when it is
 * needed and kept in the cache, if there is one.
 *
 * @throws UsageError when there are no schemas for the minor
 */
export function openValidators(minor: string, cache: Cache | null): Validators {
  const text = readBundleText(minor);
  // Hashing the text once is enough: the units differ by name.
  const textKey = validatorKey(text);
  const loaded = new Map<string, unknown>();
  let parsed: SchemaBundle | undefined;
  let compiler: Compiler | undefined;

  const bundle = (): SchemaBundle => (parsed ??= parseBundle(text));
  const compile: Compiler = (schema) => (compiler ??= makeCompiler(bundle().definitions))(schema);

  function load(unit: string): unknown {
    let value = loaded.get(unit);
    if (value === undefined) {
      const key = digest(textKey, unit);
      const file = unitFile(minor, unit);
      const make = () => unitSource(bundle(), unit, compile);
      value = evaluate(readValidator(file, key) ?? fromCache(cache, key, make), file);
      loaded.set(unit, value);
    }
    return value;
  }

  function evaluate(source: string, filename: string): unknown {
    const module: { exports: unknown } = { exports: {} };
    const body = compileFunction(source, ['module', 'exports', 'require'], { filename });
    body(module, module.exports, (id: string) =>
      id.startsWith(definitions) ? load(id.slice(definitions.length)) : runtimeModules[id],
    );
    return module.exports;
  }

  return {
    kinds: load('index') as Record<string, KindEntry>,
    kind: (name) => load(name) as Validate,
    custom(version) {
      // The key says nothing of the minor: what differs between minors, ObjectMeta, is a unit of its own.
      const key = validatorKey(JSON.stringify(version));
      return evaluate(
        fromCache(cache, key, () => compile(hoist(crdToJsonSchema(version)))),
        `${key}.cjs`,
      ) as Validate;
    },
    bundle,
  };
}

function fromCache(cache: Cache | null, key: string, make: () => string): string {
  if (cache === null) return make();
  const cached = readEntry(cache, key);
  if (typeof cached === 'string') return cached;
  const source = make();
  writeEntry(cache, key, source);
  return source;
}
