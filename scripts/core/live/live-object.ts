// Objects as the API server has them.
import type { Manifest } from '../types.ts';

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
  // Statuses have as many shapes as kinds; whoever reads one knows its kind.
  // oxlint-disable-next-line no-explicit-any
  status?: any;
  // oxlint-disable-next-line no-explicit-any
  spec?: any;
}
