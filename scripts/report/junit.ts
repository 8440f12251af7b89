/* oxlint-disable no-control-regex -- control characters are what it looks for */
import type { Diagnostic } from '../core/types.ts';
import { fileLocation, manifestName, placeOf, relatedLines } from './context.ts';
import type { Checked, Reporter } from './context.ts';

interface Suite {
  name: string;
  className: string;
  manifests: number | undefined;
  diagnostics: Diagnostic[];
}

/**
 * JUnit XML: a suite per environment and app (or input file), a failed case per error, a passed case with output per
 * warning, and one passed case for a suite without errors. JUnit knows no warnings, so they must not fail the suite.
 */
export const junit: Reporter = (diagnostics, { checked = [] }) => {
  const suites = suitesOf(diagnostics, checked);
  const body = suites.map(suiteXml);
  const total = suites.reduce((sum, suite) => sum + casesOf(suite).length, 0);
  const failures = diagnostics.filter((d) => d.severity === 'error').length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rekindle" tests="${total}" failures="${failures}" errors="0">`,
    ...body,
    '</testsuites>',
    '',
  ].join('\n');
};

function suitesOf(diagnostics: Diagnostic[], checked: Checked[]): Suite[] {
  const suites = new Map<string, Suite>();
  const suiteFor = ({ env, app, file }: Pick<Checked, 'env' | 'app' | 'file'>): Suite => {
    const parts = env === undefined ? [file ?? 'rekindle'] : [env, app].filter((part) => part !== undefined);
    const name = parts.join('/');
    const suite = suites.get(name) ?? { name, className: parts.join('.'), manifests: undefined, diagnostics: [] };
    suites.set(name, suite);
    return suite;
  };
  for (const one of checked) suiteFor(one).manifests = one.manifests;
  for (const diagnostic of diagnostics) suiteFor(diagnostic).diagnostics.push(diagnostic);
  return [...suites.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function suiteXml(suite: Suite): string {
  const cases = casesOf(suite);
  const failures = suite.diagnostics.filter((d) => d.severity === 'error').length;
  const head = `  <testsuite name="${xml(suite.name)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`;
  return [head, ...cases, '  </testsuite>'].join('\n');
}

function casesOf(suite: Suite): string[] {
  const className = xml(suite.className);
  const cases = suite.diagnostics.map((d) => {
    const name = xml([d.rule, ...(d.manifest ? [manifestName(d.manifest)] : []), d.pointer ?? ''].join(' ').trim());
    const open = `    <testcase classname="${className}" name="${name}"${d.file ? ` file="${xml(d.file)}"` : ''}>`;
    const text = xml([...detailLines(d)].join('\n'));
    const inner =
      d.severity === 'error'
        ? `      <failure type="${xml(d.rule)}" message="${xml(d.message)}">${text}</failure>`
        : `      <system-out>${text}</system-out>`;
    return `${open}\n${inner}\n    </testcase>`;
  });
  if (suite.diagnostics.some((d) => d.severity === 'error')) return cases;
  const what =
    suite.manifests === undefined ? 'manifests' : `${suite.manifests} manifest${suite.manifests === 1 ? '' : 's'}`;
  return [`    <testcase classname="${className}" name="${what} without errors"/>`, ...cases];
}

function* detailLines(d: Diagnostic): Generator<string> {
  yield `${d.severity}: ${d.message}`;
  if (d.hint !== undefined) yield `hint: ${d.hint}`;
  const place = placeOf(d);
  if (place.length > 0) yield `in ${place.join(' › ')}`;
  const location = fileLocation(d);
  if (location !== undefined) yield `at ${location}`;
  yield* relatedLines(d);
  if (d.frame !== undefined) yield d.frame;
}

/** Escapes text for XML 1.0, where most control characters cannot be written at all: they become U+FFFD. */
function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`);
}
