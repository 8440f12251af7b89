// The data that flows through the toolchain: discover → evaluate → manifests → write · check → report.
import type { TypeMeta } from '@kubernetes-models/base';

/** The part of Kubernetes' ObjectMeta that the core reads. @kubernetes-models/base 5.0.1 has TypeMeta only. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** One Kubernetes object as an environment renders it: plain JSON data. */
export interface Manifest extends TypeMeta {
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/** The identity of a manifest, as reports print it. */
export interface ManifestRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** A folder `environments/<name>` that holds a `main.jsonnet`. Paths are absolute, `root` is the repository. */
export interface Environment {
  name: string;
  root: string;
  directory: string;
  /** Library folders relative to `root`, searched from last to first, as in Argo CD's `directory.jsonnet.libs`. */
  libs: string[];
}

export type Severity = 'error' | 'warning';

/** One finding. Every reporter prints the same list of these. */
export interface Diagnostic {
  /** Name of the rule in kebab-case; `docs/rules/<rule>.md` explains it. */
  rule: string;
  severity: Severity;
  /** What is wrong, in one sentence. */
  message: string;
  /** How to mend it. */
  hint?: string;
  env?: string;
  app?: string;
  manifest?: ManifestRef;
  /** JSON Pointer (RFC 6901) into the manifest. */
  pointer?: string;
  /** Path of the source or input file, relative to the repository (or as given on the command line). */
  file?: string;
  line?: number;
  column?: number;
  /** The lines around the place, with marks under what is meant; it ends without a line break. */
  frame?: string;
  /** Other places that have a part in it, such as the field that a value arrived in. */
  related?: RelatedPlace[];
}

/** A place and what it has to do with a finding. */
export interface RelatedPlace {
  /** Such as `set as spec.replicas`. */
  message: string;
  file: string;
  line: number;
  column: number;
}

/** CPU in cores, memory in bytes. */
export interface Amount {
  cpu: number;
  memory: number;
}

/** What `capacity` in the cluster object says. */
export interface Capacity {
  /** By all pods. */
  requested: Amount;
  /** What all nodes of the environment can give; null when the environment does not list its nodes. */
  allocatable: Amount | null;
  /** What is requested by each component. Environments on other libraries may leave out what follows. */
  components?: (Amount & { name: string })[];
  /** What one pod of each workload requests. */
  workloads?: (Amount & { component: string; workload: string; pods: number })[];
  /** What one node of each kind can give. */
  nodes?: (Amount & { count: number })[];
}

/** What the slices `terraform` and `kind` of the cluster object say. */
export interface Infrastructure {
  /** The contents of both main.tf.json. */
  terraform: Record<'storage' | 'cluster', unknown>;
  /** The configuration of kind; null where another target makes the cluster. */
  kind: unknown;
}

/** One evaluated app: its value exactly as `main.jsonnet` returned it, or why there is none. */
export type AppResult =
  | { app: string; value: unknown; diagnostics?: undefined }
  | { app: string; value?: undefined; diagnostics: Diagnostic[] };

/** One evaluated environment. `apps` keeps the order in which the cluster object lists them. */
export interface EnvironmentResult {
  env: string;
  apps: AppResult[];
  /** Every app that the cluster object lists, evaluated or not; null when it didn't come to listing them. */
  listed: string[] | null;
  capacity: Capacity | null;
  /**
   * null when only some apps are asked for or when it failed; undefined when the cluster object has no such slice, as in
   * environments on other libraries.
   */
  infrastructure?: Infrastructure | null;
  /** Findings that belong to no single app: the environment could not be evaluated at all. */
  diagnostics: Diagnostic[];
}
