// Whether what a document asks kubectl for is there: namespaces and names, as the environments are rendered (test/golden).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './markdown.ts';
import { anything } from './shell.ts';

interface Identity {
  kind: string;
  name: string;
  namespace: string | undefined;
}

interface Objects {
  all: Identity[];
  apps: Set<string>;
  /** kubectl's word for a kind → the kind. */
  kinds: Map<string, string>;
}

const golden = join(repositoryRoot, 'test', 'golden');

/** kubectl's short words, and kinds that the cluster makes by itself. */
const shortWords: Readonly<Record<string, string>> = {
  cm: 'ConfigMap',
  deploy: 'Deployment',
  ds: 'DaemonSet',
  ns: 'Namespace',
  pvc: 'PersistentVolumeClaim',
  sa: 'ServiceAccount',
  sts: 'StatefulSet',
  svc: 'Service',
};
const madeByTheCluster = ['Event', 'Lease', 'Node', 'Pod', 'Secret'];
/** Objects that a controller makes of ours. */
const madeByControllers = ['ConfigMap linkerd-identity-trust-roots'];

let objects: Objects | undefined;

function readObjects(): Objects {
  const all: Identity[] = [];
  const apps = new Set<string>();
  const kinds = new Map<string, string>(Object.entries(shortWords));
  for (const environment of readdirSync(golden)) {
    for (const file of readdirSync(join(golden, environment)).filter((name) => name.endsWith('.yaml'))) {
      apps.add(file.replace(/\.yaml$/, ''));
      for (const text of readFileSync(join(golden, environment, file), 'utf8').split(/^---\n/m)) {
        const identity = identityOf(text);
        if (identity !== undefined) all.push(identity);
      }
    }
  }
  addDefinitions(kinds);
  for (const kind of [...new Set(all.map((one) => one.kind)), ...madeByTheCluster]) {
    const word = kind.toLowerCase();
    for (const form of [word, `${word}s`, `${word}es`, word.replace(/y$/, 'ies')]) kinds.set(form, kind);
  }
  return { all, apps, kinds };
}

/** Of a manifest as the writer prints it, without reading all of it: goldens are megabytes. */
function identityOf(text: string): Identity | undefined {
  const kind = /^kind: (.+)$/m.exec(text)?.[1];
  const metadata = /^metadata:\n((?: .*\n)*)/m.exec(text)?.[1];
  const name = /^ {2}name: (.+)$/m.exec(metadata ?? '')?.[1];
  if (kind === undefined || name === undefined) return undefined;
  return { kind, name, namespace: /^ {2}namespace: (.+)$/m.exec(metadata!)?.[1] };
}

/** Every word by which kubectl knows the kinds of our definitions. */
function addDefinitions(kinds: Map<string, string>): void {
  const library = join(repositoryRoot, 'lib');
  for (const path of readdirSync(library, { recursive: true, encoding: 'utf8' })) {
    if (!/\/crds\/.*\.json$/.test(path)) continue;
    const { names } = (JSON.parse(readFileSync(join(library, path), 'utf8')) as { spec: { names: Names } }).spec;
    for (const word of [names.plural, names.singular, ...(names.shortNames ?? [])]) kinds.set(word, names.kind);
  }
}

interface Names {
  kind: string;
  plural: string;
  singular: string;
  shortNames?: string[];
}

/** What is not there of what kubectl is asked for; undefined when all is. `document`: where it is asked. */
export function checkObjects(words: readonly string[], document: string): string | undefined {
  objects ??= readObjects();
  const { all, apps, kinds } = objects;
  // What a component has that no environment turns on is nowhere to be looked up.
  const component = /^lib\/([^/]+)\//.exec(document)?.[1];
  if (component !== undefined && !apps.has(component)) return undefined;

  const at = words.findIndex((word) => word === '-n' || word === '--namespace');
  const namespace = at < 0 ? undefined : words[at + 1];
  const namespaces = new Set(all.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name));
  if (namespace !== undefined && namespace !== anything && !namespaces.has(namespace))
    return `no environment has the namespace "${namespace}"`;

  for (const { word, name } of asked(words)) {
    const kind = kinds.get(word.replace(/\..*$/, ''));
    if (kind === undefined) return `"${word}" is no kind that an environment has`;
    if (name === undefined || name === anything || madeByTheCluster.includes(kind)) continue;
    if (madeByControllers.includes(`${kind} ${name}`)) continue;
    const found = all.some(
      (one) => one.kind === kind && one.name === name && (namespace === undefined || one.namespace === namespace),
    );
    if (!found) return `no environment has ${kind} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
  }
  return undefined;
}

/** Verbs whose next words are a kind and names. */
const takeKind = ['get', 'describe', 'delete', 'patch', 'scale', 'restart', 'status'];

function* asked(words: readonly string[]): Generator<{ word: string; name?: string }> {
  const positional = withoutFlags(words);
  for (const one of positional) {
    const [word, name, ...more] = one.split('/');
    if (name !== undefined && name !== '' && word !== '' && more.length === 0 && !/[.:]/.test(name))
      yield { word: word!, name };
  }
  const verb = positional.findIndex((one) => takeKind.includes(one));
  const [kindWords, name] = verb < 0 ? [] : positional.slice(verb + 1);
  if (kindWords === undefined || kindWords.includes('/')) return;
  const several = kindWords.split(',');
  for (const word of several) yield { word, ...(several.length === 1 && name !== undefined && { name }) };
}

/** Words without flags, and without the values that stand beside them. */
function withoutFlags(words: readonly string[]): string[] {
  const takeNext = /^(-n|--namespace|--kubeconfig|--context|-o|-l|-p|-c|-f|--replicas|--type|--timeout|--duration)$/;
  return words.filter((word, index) => !word.startsWith('-') && !takeNext.test(words[index - 1] ?? ''));
}
