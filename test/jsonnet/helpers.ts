import { textHost } from '../../scripts/jsonnet/engine/text-host.ts';

/** For programs that import nothing. */
export const noFiles = textHost(new Map());
