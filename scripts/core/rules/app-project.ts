import { didYouMean } from '../suggest.ts';
import { applicationsOf } from './applications.ts';
import type { Application } from './applications.ts';
import { globMatches } from './glob.ts';
import type { Finding, Rule, Scope, Subject } from './rule.ts';
import { at, fieldsOf, itemsOf, pointer, textOf } from './values.ts';
import type { Fields } from './values.ts';

/**
 * What an AppProject's lists would not let its Applications deploy: Argo CD's own test, read in AppProject's
 * IsSourcePermitted, IsDestinationPermitted and IsGroupKindNamePermitted (argo-cd 3.6). Projects that are not rendered
 * here can't be judged; one that nothing creates is reported.
 */
export const appProject: Rule = {
  name: 'app-project',
  summary: 'An AppProject does not permit what its Application deploys.',
  severity: 'error',
  *check(scope) {
    if (!scope.complete) return;
    const projects = new Map(
      scope.subjects.filter(isProject).map((subject) => [subject.ref.name, fieldsOf(subject.manifest.spec)]),
    );
    for (const application of applicationsOf(scope)) {
      const project = projects.get(application.project);
      if (project !== undefined) {
        yield* sourceFindings(application, project);
        yield* resourceFindings(application, project, scope);
      } else if (application.project !== 'default') {
        yield {
          subject: application.subject,
          message: `nothing in the environment creates the AppProject "${application.project}"`,
          hint: didYouMean(application.project, [...projects.keys()].sort()),
          pointer: '/spec/project',
        };
      }
    }
  },
};

function isProject({ group, ref }: Subject): boolean {
  return group === 'argoproj.io' && ref.kind === 'AppProject';
}

function* sourceFindings({ subject, sources, project: name }: Application, project: Fields): Generator<Finding> {
  const repositories = itemsOf(project.sourceRepos).map(String);
  for (const { repoURL, at: steps } of sources) {
    if (
      repoURL === undefined ||
      permits(repositories, (pattern) => globMatches(normalized(pattern), normalized(repoURL), '/') || pattern === '*')
    )
      continue;
    yield {
      subject,
      message: `the AppProject "${name}" does not permit the repository ${repoURL}`,
      hint: `add it to sourceRepos of the AppProject`,
      pointer: pointer(...steps, 'repoURL'),
    };
  }
}

function* resourceFindings(application: Application, project: Fields, scope: Scope): Generator<Finding> {
  if (application.app === undefined) return;
  const destination = fieldsOf(at(application.subject.manifest, 'spec', 'destination'));
  for (const subject of scope.subjects) {
    if (subject.app !== application.app) continue;
    const list = !subject.isNamespaced ? 'clusterResourceWhitelist' : 'namespaceResourceWhitelist';
    if (!isKindPermitted(subject, project)) {
      yield {
        subject,
        message: `the AppProject "${application.project}" does not permit ${subject.ref.kind}${subject.group === '' ? '' : ` of ${subject.group}`}`,
        hint: `add the kind to ${list} of the AppProject, or the app to another project`,
      };
    } else if (subject.namespace !== undefined && !isDestinationPermitted(project, destination, subject.namespace)) {
      yield {
        subject,
        message: `the AppProject "${application.project}" does not permit the namespace "${subject.namespace}"`,
        hint: 'add the namespace to destinations of the AppProject',
        pointer: '/metadata/namespace',
      };
    }
  }
}

function isKindPermitted(subject: Subject, project: Fields): boolean {
  const isListed = (list: unknown, withName: boolean) =>
    itemsOf(list)
      .map(fieldsOf)
      .some(
        ({ group, kind, name }) =>
          globMatches(`${group ?? ''}`, subject.group) &&
          globMatches(`${kind ?? ''}`, subject.ref.kind) &&
          (!withName || !textOf(name) || globMatches(name as string, subject.ref.name)),
      );
  if (!subject.isNamespaced) {
    return isListed(project.clusterResourceWhitelist, true) && !isListed(project.clusterResourceBlacklist, true);
  }
  const allowed = project.namespaceResourceWhitelist;
  return (allowed === undefined || isListed(allowed, false)) && !isListed(project.namespaceResourceBlacklist, false);
}

function isDestinationPermitted(project: Fields, { server, name }: Fields, namespace: string): boolean {
  let permitted = false;
  for (const item of itemsOf(project.destinations).map(fieldsOf)) {
    const isNamespace = negatable(`${item.namespace ?? ''}`, namespace);
    const isServer = textOf(server) !== undefined && negatable(`${item.server ?? ''}`, server as string);
    const isName = textOf(name) !== undefined && negatable(`${item.name ?? ''}`, name as string);
    if (isNamespace && (isServer || isName)) permitted = true;
    else if (isNamespace && ((!isName && isDenial(item.name)) || (!isServer && isDenial(item.server)))) return false;
    else if (!isNamespace && isDenial(item.namespace) && isServer) return false;
  }
  return permitted;
}

function negatable(pattern: string, text: string): boolean {
  return isDenial(pattern) ? !globMatches(pattern.slice(1), text) : globMatches(pattern, text);
}

function isDenial(pattern: unknown): boolean {
  return typeof pattern === 'string' && pattern.startsWith('!');
}

/** Permitted by at least one entry and denied by none (`!pattern`). */
function permits(patterns: string[], matches: (pattern: string) => boolean): boolean {
  if (patterns.some((pattern) => isDenial(pattern) && matches(pattern.slice(1)))) return false;
  return patterns.some((pattern) => (isDenial(pattern) ? !matches(pattern.slice(1)) : matches(pattern)));
}

/** Argo CD's NormalizeGitURL: neither letter case, nor the form of an SSH address, nor `.git` matter. */
function normalized(url: string): string {
  const text = url
    .trim()
    .toLowerCase()
    .replace(/\.git$/, '');
  const isScp = /^[^/@:]+@[^/:]+:/.test(text);
  return (isScp ? text.replace(':', '/') : text).replace(/^ssh:\/\//, '');
}
