import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { didYouMean } from '../suggest.ts';
import type { Environment } from '../types.ts';
import { applicationsOf } from './applications.ts';
import type { Application, ApplicationSource } from './applications.ts';
import { globMatches } from './glob.ts';
import type { Finding, Rule, Scope } from './rule.ts';
import { pointer } from './values.ts';

/**
 * Applications of this repository whose source Argo CD could not evaluate. An Application belongs to this repository
 * when its repoURL is that of an Application which reads the environment's own folder.
 */
export const applicationSource: Rule = {
  name: 'application-source',
  summary: 'An Application asks for a path, a library or an app that the repository does not have.',
  severity: 'error',
  *check(scope) {
    if (scope.env === undefined) return;
    const folder = relative(scope.env.root, scope.env.directory).replaceAll('\\', '/');
    const applications = applicationsOf(scope);
    const sources = applications.flatMap((application) =>
      application.sources.map((source) => ({ application, source })),
    );
    const own = new Set(sources.filter(({ source }) => source.path === folder).map(({ source }) => source.repoURL));
    for (const { application, source } of sources) {
      if (source.path === undefined || !own.has(source.repoURL)) continue;
      yield* folderFindings(scope.env, application, source);
      if (source.path === folder) yield* appFindings(scope, application, source);
    }
  },
};

function* folderFindings(
  { root, libs }: Environment,
  { subject }: Application,
  source: ApplicationSource,
): Generator<Finding> {
  const path = source.path!;
  if (!isFolder(join(root, path))) {
    yield { subject, message: `the repository has no folder "${path}"`, pointer: pointer(...source.at, 'path') };
    return;
  }
  const isJsonnet = existsSync(join(root, path, 'main.jsonnet'));
  if (isJsonnet && !includes(source)) {
    yield {
      subject,
      message: `directory.include "${source.include}" leaves main.jsonnet out`,
      hint: 'set directory.include to main.jsonnet',
      pointer: pointer(...source.at, 'directory', 'include'),
    };
  }
  const libsAt = pointer(...source.at, 'directory', 'jsonnet', 'libs');
  for (const [i, lib] of source.libs.entries()) {
    if (isFolder(join(root, lib))) continue;
    yield {
      subject,
      message: `the repository has no library folder "${lib}"`,
      hint: didYouMean(lib, libs),
      pointer: `${libsAt}/${i}`,
    };
  }
  // Folders that don't exist yet (an empty vendor/) can't hold an import either.
  const wanted = libs.filter((lib) => isFolder(join(root, lib)));
  if (isJsonnet && wanted.join() !== source.libs.filter((lib) => wanted.includes(lib)).join()) {
    yield {
      subject,
      message: `its library folders are ${listed(source.libs)}; this toolchain renders with ${listed(libs)}`,
      hint: 'use the same folders in the same order: the last one is searched first',
      pointer: libsAt,
    };
  }
}

function* appFindings(
  { apps, complete }: Scope,
  { subject }: Application,
  source: ApplicationSource,
): Generator<Finding> {
  const app = source.tlas.get('app');
  // Only a complete environment knows every app.
  if (!complete || app === undefined || apps.includes(app)) return;
  const i = [...source.tlas.keys()].indexOf('app');
  yield {
    subject,
    message: `the environment has no app "${app}"`,
    hint: didYouMean(app, apps),
    pointer: pointer(...source.at, 'directory', 'jsonnet', 'tlas', i, 'value'),
  };
}

function includes({ include, exclude }: ApplicationSource): boolean {
  const excluded = exclude !== undefined && globMatches(exclude, 'main.jsonnet');
  return !excluded && (include === undefined || globMatches(include, 'main.jsonnet'));
}

function listed(libs: string[]): string {
  return libs.length === 0 ? 'none' : libs.join(', ');
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
