import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { kubernetesMinors, parseBundle, readBundleText } from './bundle.ts';
import { makeCompiler, type Compiler } from './compile.ts';
import { readValidator, writeValidator } from './validator-store.ts';
import { installedFolder, unitFile, unitNames, unitSource, validatorKey } from './validators.ts';

/** How many validators there are, and how many of them had to be compiled. */
export interface PrecompileResult {
  validators: number;
  compiled: number;
}

/**
 * Compiles the validators of every kind of every minor into `dist/validators/<minor>/`, as part of the installation.
 * Files that are up to date stay, files that no kind needs go.
 */
export function precompileValidators(): PrecompileResult {
  const result: PrecompileResult = { validators: 0, compiled: 0 };
  for (const minor of kubernetesMinors()) {
    const text = readBundleText(minor);
    const bundle = parseBundle(text);
    const key = validatorKey(text);
    const folder = installedFolder(minor);
    let compiler: Compiler | undefined;
    const files = new Set<string>();
    for (const unit of unitNames(bundle)) {
      const file = unitFile(unit);
      files.add(file);
      result.validators++;
      if (readValidator(join(folder, file), `${key} ${unit}`) !== undefined) continue;
      compiler ??= makeCompiler(bundle.definitions);
      writeValidator(join(folder, file), `${key} ${unit}`, unitSource(bundle, unit, compiler));
      result.compiled++;
    }
    for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
  }
  return result;
}
