// What a rule is: data in, findings out. It sees everything that is checked together and never reads a schema.
import type { Capacity, Environment, Manifest, ManifestRef, Severity } from '../types.ts';

/** One manifest under check, with what every rule would work out again. */
export interface Subject {
  manifest: Manifest;
  ref: ManifestRef;
  /** API group, empty for the core group. */
  group: string;
  /** The app that renders it; undefined for manifests read from files. */
  app?: string;
  /** Path of the file it was read from; undefined for an environment. */
  file?: string;
  /** Whether there is a schema for its kind: else it may be configuration that no API server ever sees. */
  isKnown: boolean;
  /** Whether its kind lives in namespaces. */
  isNamespaced: boolean;
  /**
   * Where it lands: its own namespace, or that of its Application's destination. Undefined for cluster-scoped kinds
   * and where nothing says it.
   */
  namespace: string | undefined;
}

/** Everything that is checked together: one environment, or the files of one call. */
export interface Scope {
  /** Undefined for manifests from files: then what is not there may well be elsewhere. */
  env?: Environment;
  /** Names of the apps that were rendered. */
  apps: string[];
  subjects: Subject[];
  /**
   * Whether `subjects` is everything that the environment renders: false for files, for a selection of apps and when an
   * app could not be evaluated. Rules about what is absent need it.
   */
  complete: boolean;
  /** Minors of Kubernetes to satisfy, such as `1.36`. */
  kubernetes: string[];
  /** What is requested and what the nodes have; undefined when not everything was evaluated. */
  capacity?: Capacity;
}

/** What a rule found; the check adds environment, app, file and identity from the subject. */
export interface Finding {
  /** Undefined when the finding is about the environment as a whole. */
  subject?: Subject;
  /** Default: the rule's. */
  severity?: Severity;
  message: string;
  hint?: string;
  /** JSON Pointer into the manifest. */
  pointer?: string;
  /** Path relative to the repository, when it is not the subject's. */
  file?: string;
}

export interface Rule {
  /** kebab-case; `docs/rules/<name>.md` explains it. */
  name: string;
  /** One sentence that says what is refused. */
  summary: string;
  severity: Severity;
  check(scope: Scope): Iterable<Finding>;
}
