// What the client of the Kubernetes API takes and gives.
export type { LiveObject } from '../../../scripts/core/live/live-object.ts';

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
