// What the client of the Kubernetes API takes and gives.
import type { Manifest } from '../../../scripts/core/types.ts';

/** How to reach a server, and as whom. */
export interface ApiAccess {
  server: string;
  /** PEM of the authority that signed the server's certificate. */
  ca: string;
  token?: string;
  /** PEM of a client certificate and its key, in place of a token. */
  certificate?: string;
  key?: string;
}

/** Which object: what stands in any manifest. */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** An object as the server has it. */
export interface LiveObject extends Manifest {
  metadata: Manifest['metadata'] & {
    uid: string;
    resourceVersion: string;
    generation?: number;
    creationTimestamp: string;
    deletionTimestamp?: string;
    finalizers?: string[];
    ownerReferences?: { kind: string; name: string; uid: string }[];
  };
  // Statuses have as many shapes as kinds; a proof looks into those that it knows.
  // oxlint-disable-next-line no-explicit-any
  status?: any;
  // oxlint-disable-next-line no-explicit-any
  spec?: any;
}

/** What the server said no to. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** Machine-readable, such as Invalid, Conflict, NotFound, Forbidden; empty when the answer had none. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export interface RequestOptions {
  query?: Record<string, string | undefined>;
  body?: unknown;
  /** Default: application/json. */
  contentType?: string;
  /** Default: 30. */
  seconds?: number;
}

export interface ApplyOptions {
  /** Default: rekindle-e2e. */
  fieldManager?: string;
  /** Take fields over from other managers. Default: false, so that a conflict is an error. */
  force?: boolean;
  dryRun?: boolean;
}

export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface WaitOptions {
  /** Default: 60. */
  seconds?: number;
  /** What is waited for, for the message. */
  what?: string;
}
