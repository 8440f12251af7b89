import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { kubernetesMinors, parseBundle, readBundleText } from '../bundle.ts';
import { makeCompiler, type Compiler } from './compiler.ts';
import { unitFile, unitFolder, unitNames, unitSource, validatorKey } from './units.ts';
import { digest, readValidator, writeValidator } from './validator-files.ts';

/** How many validators there are, and how many of them had to be compiled. */
export interface PrecompileResult {
  validators: number;
  compiled: number;
}

/**
 * Compiles the validators of every kind of every minor into `dist/validators/<minor>/`, as part of the installation.
 * Files that are up to date stay, files that no unit needs go.
 */
export function precompileValidators(): PrecompileResult {
  const result: PrecompileResult = { validators: 0, compiled: 0 };
  for (const minor of kubernetesMinors()) {
    const text = readBundleText(minor);
    const textKey = validatorKey(text);
    const bundle = parseBundle(text);
    let compiler: Compiler | undefined;
    const files = new Set<string>();
    for (const unit of unitNames(bundle)) {
      const file = unitFile(minor, unit);
      const key = digest(textKey, unit);
      files.add(file);
      result.validators++;
      if (readValidator(file, key) !== undefined) continue;
      compiler ??= makeCompiler(bundle.definitions);
      writeValidator(file, key, unitSource(bundle, unit, compiler));
      result.compiled++;
    }
    removeOthers(unitFolder(minor), files);
  }
  return result;
}

function removeOthers(folder: string, files: ReadonlySet<string>): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!files.has(join(folder, name))) rmSync(join(folder, name));
  }
}
