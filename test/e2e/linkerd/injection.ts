// What Linkerd's injector makes of pods, by its own code (tools/linkerd/inject).
import { builtBinary } from '../rig/tools.ts';
import { run } from '../rig/run.ts';

export interface Pod {
  apiVersion: 'v1';
  kind: 'Pod';
  metadata: { name: string; namespace: string; annotations?: Record<string, string>; labels?: Record<string, string> };
  spec: Record<string, any>;
}

export interface Request {
  namespace: string;
  values: unknown;
  trustAnchors: string;
  kind: string;
  name: string;
  pod: Pod;
}

interface Addition {
  op: string;
  path: string;
  value: unknown;
}

/** The pods with what the injector adds to them. */
export async function inject(requests: readonly Request[]): Promise<Pod[]> {
  const patches = JSON.parse(
    await run(builtBinary('linkerd-inject'), [], { input: JSON.stringify(requests), seconds: 120 }),
  ) as Addition[][];
  return patches.map((patch, index) => patch.reduce(added, structuredClone(requests[index]!.pod)));
}

/** One operation of a JSON patch; the injector only adds. */
function added(pod: Pod, { op, path, value }: Addition): Pod {
  if (op !== 'add') throw new Error(`the injector adds, and here it would ${op} ${path}`);
  const keys = path.split('/').slice(1).map(unescaped);
  const last = keys.pop()!;
  let place: any = pod;
  for (const key of keys) place = place[key];
  if (!Array.isArray(place)) place[last] = value;
  else place.splice(last === '-' ? place.length : Number(last), 0, value);
  return pod;
}

const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');
