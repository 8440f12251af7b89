import { fromData } from '../engine/data.ts';
import { fail } from '../engine/machine.ts';
import type { Value } from '../engine/value.ts';
import { native, stringOf } from './native.ts';
import { readYaml, YamlMistake } from './yaml-reader.ts';

function parseYaml(text: Value): Value {
  try {
    return fromData(readYaml(stringOf(text)));
  } catch (error) {
    if (error instanceof YamlMistake)
      throw fail(`failed to parse YAML: error converting YAML to JSON: ${error.message}`);
    throw error;
  }
}

export const yamlFunctions = [native('parseYaml', ['str'], parseYaml)];
