// The settings that a value depends on: visible fields with a doc twin (`'#name'`), of the cluster or of a component.
import { contributorsOf, effectOf, replacedValue } from '../../jsonnet/provenance/explain.ts';
import { definitionsOf, findField, visibilityOf, type Defined } from '../../jsonnet/provenance/object.ts';
import { dataOf } from '../../jsonnet/provenance/trace.ts';
import {
  isTracedFunction,
  type FieldRead,
  type Origin,
  type Traced,
  type TracedObject,
} from '../../jsonnet/provenance/value.ts';
import { placeOf, type Place } from './app.ts';

/** One definition of a setting. */
export interface Setter extends Place {
  /** Undefined where it can't be computed, as that of a setting that must be set. */
  value: unknown;
}

export interface SettingRead {
  /** As an environment writes it: `profile`, `components.mimir.replicas.ingester`. */
  name: string;
  value: unknown;
  /** What gives it its value, the last word first: more than one where they add to each other. */
  setBy: Setter[];
  /** What that replaced. */
  overrides: Setter[];
}

/** Every setting that was read to make a value, in the order in which they were read. */
export function settingsReadBy(origins: readonly Origin[]): SettingRead[] {
  const settings = new Map<string, SettingRead>();
  for (const contributor of origins.flatMap(contributorsOf)) {
    const { read, from } = contributor;
    const name = read === undefined ? undefined : settingName(read);
    if (name === undefined || settings.has(name)) continue;
    const traced = findField(read!.object, read!.name)!;
    if (isTracedFunction(traced.value) || from === undefined) continue;
    settings.set(name, { name, value: dataOf(traced), ...settersOf(read!) });
  }
  return [...settings.values()];
}

function settersOf({ object, name }: FieldRead): Pick<SettingRead, 'setBy' | 'overrides'> {
  const { effective, replaced } = effectOf([...definitionsOf(object, name)]);
  const setter = (defined: Defined): Setter => ({
    ...placeOf(defined.definition.site),
    value: valueOf(replacedValue(object, defined)),
  });
  return { setBy: effective.map(setter), overrides: replaced.map(setter) };
}

function valueOf(traced: Traced | undefined): unknown {
  try {
    return traced === undefined ? undefined : dataOf(traced);
  } catch {
    return undefined;
  }
}

/** The full name of a setting; undefined for fields that are none. */
function settingName({ object, name, target }: FieldRead): string | undefined {
  const inside = outerSetting(target);
  if (inside !== undefined) return `${inside}.${name}`;
  if (!visibilityOf(object).has(`#${name}`)) return undefined;
  const owner = ownerOf(object);
  return owner === undefined ? name : `components.${owner}.${name}`;
}

/** The setting that an object is the value of. */
function outerSetting(origin: Origin): string | undefined {
  for (let step: Origin | undefined = origin; step !== undefined; step = step.from) {
    if (step.read !== undefined) return settingName(step.read);
  }
  return undefined;
}

/** The name of a component; undefined for the cluster, which has none of its wiring. */
function ownerOf(object: TracedObject): string | undefined {
  if (!visibilityOf(object).has('workloads')) return undefined;
  const name = findField(object, 'name')?.value;
  return typeof name === 'string' ? name : undefined;
}
