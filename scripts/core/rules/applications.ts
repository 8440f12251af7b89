import type { Scope, Subject } from './rule.ts';
import { at, fieldsOf, itemsOf, textOf } from './values.ts';

/** One source of an Application, as far as a directory source of Jsonnet goes. */
export interface ApplicationSource {
  /** Steps from the Application's root to the source. */
  at: (string | number)[];
  repoURL: string | undefined;
  path: string | undefined;
  include: string | undefined;
  exclude: string | undefined;
  recurse: boolean;
  libs: string[];
  /** Top-level arguments by name; code arguments are undefined, for their value is not known without evaluation. */
  tlas: Map<string, string | undefined>;
}

/** An Argo CD Application that the environment renders. */
export interface Application {
  subject: Subject;
  project: string;
  sources: ApplicationSource[];
  destinationNamespace: string | undefined;
  syncOptions: string[];
  /** The app it asks this environment for: the value of its top-level argument `app`, when that app was rendered. */
  app: string | undefined;
}

const cache = new WeakMap<Scope, Application[]>();

/** Every Application among the subjects. */
export function applicationsOf(scope: Scope): Application[] {
  let applications = cache.get(scope);
  if (applications === undefined) {
    applications = scope.subjects
      .filter(({ group, ref }) => group === 'argoproj.io' && ref.kind === 'Application')
      .map((subject) => readApplication(subject, scope.apps));
    cache.set(scope, applications);
  }
  return applications;
}

function readApplication(subject: Subject, apps: string[]): Application {
  const spec = fieldsOf(subject.manifest.spec);
  const sources = [
    ...(spec.source === undefined ? [] : [readSource(spec.source, ['spec', 'source'])]),
    ...itemsOf(spec.sources).map((source, i) => readSource(source, ['spec', 'sources', i])),
  ];
  const asked = sources.map((source) => source.tlas.get('app')).find((app) => app !== undefined);
  return {
    subject,
    project: textOf(spec.project) ?? 'default',
    sources,
    destinationNamespace: textOf(at(spec, 'destination', 'namespace')) || undefined,
    syncOptions: itemsOf(at(spec, 'syncPolicy', 'syncOptions')).filter((option) => typeof option === 'string'),
    app: asked !== undefined && apps.includes(asked) ? asked : undefined,
  };
}

function readSource(value: unknown, steps: (string | number)[]): ApplicationSource {
  const directory = fieldsOf(at(value, 'directory'));
  const tlas = itemsOf(at(directory, 'jsonnet', 'tlas')).map(fieldsOf);
  return {
    at: steps,
    repoURL: textOf(at(value, 'repoURL')),
    path: textOf(at(value, 'path')),
    include: textOf(directory.include) || undefined,
    exclude: textOf(directory.exclude) || undefined,
    recurse: directory.recurse === true,
    libs: itemsOf(at(directory, 'jsonnet', 'libs')).filter((lib) => typeof lib === 'string'),
    tlas: new Map(tlas.map((tla) => [`${tla.name}`, tla.code === true ? undefined : textOf(tla.value)])),
  };
}
