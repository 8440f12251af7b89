import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Diagnostic } from '../../scripts/core/types.ts';
import { emitReports, exitCode, parseReport, parseReports, report, reportFormats } from '../../scripts/report/index.ts';
import { context, sample } from './sample.ts';

test('a flag names a format and perhaps a file', () => {
  assert.deepEqual(parseReport('json'), { format: 'json' });
  assert.deepEqual(parseReport('sarif=out/a=b.sarif'), { format: 'sarif', file: 'out/a=b.sarif' });
  assert.deepEqual(parseReport('github=-'), { format: 'github' });
});

test('a misspelt format is refused with the nearest name and the list', () => {
  assert.throws(() => parseReport('junti=x.xml'), /unknown report format "junti": did you mean "junit"\?/);
  assert.throws(() => parseReport('spreadsheet'), /there are: pretty, json, junit, sarif, github, gitlab/);
  assert.throws(() => parseReport('json='), /no file after "="/);
});

test('pretty goes to standard output unless another report does', () => {
  assert.deepEqual(parseReports([]), [{ format: 'pretty' }]);
  assert.deepEqual(parseReports(['junit=a.xml']), [{ format: 'junit', file: 'a.xml' }, { format: 'pretty' }]);
  assert.deepEqual(parseReports(['json']), [{ format: 'json' }]);
});

test('two reports never share a place', () => {
  assert.throws(() => parseReports(['json', 'sarif']), /json and sarif both go to standard output/);
  assert.throws(() => parseReports(['json=a', 'sarif=a']), /both go to a/);
});

test('several reports in one run, files without colours', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rekindle-report-'));
  try {
    const file = join(folder, 'findings.txt');
    const targets = parseReports([`pretty=${file}`, 'json']);
    const text = await emitReports(targets, sample, { ...context, color: true });
    assert.equal(JSON.parse(text).length, sample.length);
    assert.equal(await readFile(file, 'utf8'), report('pretty', sample, context));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('only errors fail a run', () => {
  assert.equal(exitCode([]), 0);
  assert.equal(exitCode(sample.filter((d) => d.severity === 'warning')), 0);
  assert.equal(exitCode(sample), 1);
});

test('every format is the same whatever the order of the findings, and lists no finding twice', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '/', '<', '&', '"', '%', ':', '\n', '\u0007', 'é') });
  const optional = fc.option(text, { nil: undefined });
  const diagnostic = fc
    .record({
      rule: fc.constantFrom('a-rule', 'b-rule'),
      severity: fc.constantFrom('error' as const, 'warning' as const),
      message: text,
    })
    .chain((core) =>
      fc
        .record({ env: optional, app: optional, pointer: optional, file: optional, hint: optional })
        .map((rest) => ({ ...core, ...rest })),
    )
    .map(
      (d) => Object.fromEntries(Object.entries(d).filter(([, value]) => value !== undefined)) as unknown as Diagnostic,
    );
  fc.assert(
    fc.property(
      fc.uniqueArray(diagnostic, {
        selector: (d) => JSON.stringify([d.env, d.app, d.file, d.pointer, d.rule, d.message]),
        maxLength: 6,
      }),
      (list) => {
        for (const format of reportFormats) {
          const once = report(format, list, context);
          assert.equal(report(format, [...list].reverse(), context), once, format);
        }
        assert.equal(JSON.parse(report('json', list, context)).length, list.length);
      },
    ),
  );
});
