import { openCache, type Cache } from '../cache.ts';
import type { Diagnostic, Manifest, ManifestRef } from '../types.ts';
import { isCrd, type Crd } from './crd.ts';
import { addCustomKinds, type CustomKinds } from './custom-kinds.ts';
import { explain } from './explain/explain.ts';
import { explainMissing } from './explain/missing-schema.ts';
import { readCrds, readLibraryCrds } from './read-crds.ts';
import type { SchemaSource } from './explain/schema-lookup.ts';
import { definitionPrefix } from './schema-nodes.ts';
import { openValidators, type Validate, type Validators } from './validators.ts';

export { kubernetesMinors } from './bundle.ts';

export interface CheckerOptions {
  /** Absolute path of the repository; its libraries bring their CustomResourceDefinitions. */
  root: string;
  /** Kubernetes minor, `1.36`; one of `kubernetesMinors()`. */
  kubernetes: string;
  /** Files and folders with more CustomResourceDefinitions, YAML or JSON. */
  crds?: readonly string[];
  /** Library folders relative to `root`; `vendor` and `lib` by default. */
  libs?: readonly string[];
  /** What {@link readDefinitions} read, when several checkers share it. */
  definitions?: readonly Crd[];
  /** Kinds that need no schema: `Kind`, `<apiVersion>/<Kind>`, or `*` for any. */
  allowMissing?: readonly string[];
  /** Keeps the compiled validators of custom kinds; that of the repository by default, null for none. */
  cache?: Cache | null;
}

/** Checks manifests against the schemas of one Kubernetes minor and of the known CustomResourceDefinitions. */
export interface SchemaChecker {
  /** Everything that the schema of a manifest refuses: the rules `schema` and `schema-missing`, in document order. */
  check(manifest: Manifest): Diagnostic[];
  /** Makes the kinds known that the CustomResourceDefinitions among some manifests define. */
  learn(manifests: Iterable<Manifest>): void;
  /** Whether objects of a kind live in a namespace; undefined when the kind is not known. */
  isNamespaced(apiVersion: string, kind: string): boolean | undefined;
  /** A checker that knows what this one knows; what it learns is its own. */
  fork(): SchemaChecker;
}

/**
 * Reads every CustomResourceDefinition that a checker knows from the start: those of the libraries, then those of `crds`.
 *
 * @throws UsageError when a path of `crds` holds no definition
 */
export function readDefinitions({
  root,
  libs = ['vendor', 'lib'],
  crds = [],
}: Omit<CheckerOptions, 'kubernetes'>): Crd[] {
  return [...readLibraryCrds(root, libs), ...readCrds(crds)];
}

/**
 * Loads a checker. Nothing is compiled for built-in kinds; a custom kind is compiled when the first manifest of it comes,
 * and kept in the cache.
 *
 * @throws UsageError when there are no schemas for the minor, or a path of `crds` holds no definition
 */
export function loadChecker(options: CheckerOptions): SchemaChecker {
  const { root, kubernetes, allowMissing = [] } = options;
  const validators = openValidators(kubernetes, options.cache === undefined ? openCache(root) : options.cache);
  const custom: CustomKinds = new Map();
  for (const crd of options.definitions ?? readDefinitions(options)) addCustomKinds(custom, crd, validators);
  return makeChecker(kubernetes, validators, custom, new Set(allowMissing));
}

function makeChecker(
  kubernetes: string,
  validators: Validators,
  custom: CustomKinds,
  allowed: ReadonlySet<string>,
): SchemaChecker {
  function validatorOf(name: string): Validate | undefined {
    if (Object.hasOwn(validators.kinds, name)) return validators.kind(name);
    return custom.get(name)?.validate;
  }

  function sourceOf(name: string): SchemaSource {
    const { definitions, kinds } = validators.bundle();
    const definition = kinds[name]?.definition;
    const schema = definition === undefined ? custom.get(name)?.schema() : undefined;
    return { root: schema ?? { $ref: `${definitionPrefix}${definition}` }, definitions };
  }

  return {
    check(manifest) {
      const { apiVersion, kind } = manifest;
      const name = `${apiVersion}/${kind}`;
      const validate = validatorOf(name);
      if (!validate) {
        if (allowed.has(name) || allowed.has(kind) || allowed.has('*')) return [];
        const known = [...Object.keys(validators.kinds), ...custom.keys()];
        const missing = explainMissing(manifest, kubernetes, known);
        return [{ rule: 'schema-missing', severity: 'error', manifest: refOf(manifest), ...missing }];
      }
      if (validate(manifest)) return [];
      return explain(validate.errors ?? [], manifest, sourceOf(name)).map((finding) => ({
        rule: 'schema',
        severity: 'error',
        manifest: refOf(manifest),
        ...finding,
      }));
    },
    learn(manifests) {
      for (const manifest of manifests) {
        if (isCrd(manifest)) addCustomKinds(custom, manifest, validators);
      }
    },
    isNamespaced(apiVersion, kind) {
      const name = `${apiVersion}/${kind}`;
      return (validators.kinds[name] ?? custom.get(name))?.namespaced;
    },
    fork: () => makeChecker(kubernetes, validators, new Map(custom), allowed),
  };
}

function refOf({ apiVersion, kind, metadata }: Manifest): ManifestRef {
  const { namespace, name } = (metadata as Manifest['metadata'] | undefined) ?? {};
  const text = typeof name === 'string' ? name : '';
  return typeof namespace === 'string' ? { apiVersion, kind, namespace, name: text } : { apiVersion, kind, name: text };
}
