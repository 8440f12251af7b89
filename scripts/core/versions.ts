import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './errors.ts';
import { scanJson } from './input/json-scan.ts';
import { didYouMean } from './suggest.ts';

/** One image of `lib/versions.json`. A digest is filled in by the update bot, never by hand. */
export interface ImageVersion {
  image: string;
  tag: string;
  digest?: string;
}

/** Images of one component that always have the same version, such as the programs of one release. */
export interface Family {
  /** What `upgrade` calls it: the component when it has one family, else the entry. */
  name: string;
  /** Folder in `lib/`. */
  component: string;
  /** Entries of `lib/versions.json`. */
  entries: string[];
  tag: string;
}

export type Versions = Record<string, ImageVersion>;

const file = (root: string) => join(root, 'lib/versions.json');

/** Reads `lib/versions.json`. */
export function readVersions(root: string): { text: string; versions: Versions } {
  let text: string;
  try {
    text = readFileSync(file(root), 'utf8');
  } catch {
    throw new UsageError(`${file(root)}: there is no such file; versions of images are kept there`);
  }
  return { text, versions: JSON.parse(text) as Versions };
}

/** Every family, by name. Entries belong together when component, folder of the image and tag are the same. */
export function familiesOf(root: string, versions: Versions): Family[] {
  const components = readdirSync(join(root, 'lib'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const families = new Map<string, Family>();
  for (const [entry, { image, tag }] of Object.entries(versions)) {
    // The longest name wins: an entry `cert-manager-csi` would belong to a component of that name.
    const component =
      components
        .filter((name) => entry === name || entry.startsWith(`${name}-`))
        .sort((a, b) => b.length - a.length)[0] ?? entry;
    const key = [component, image.slice(0, image.lastIndexOf('/')), tag].join(' ');
    const family = families.get(key) ?? { name: entry, component, entries: [], tag };
    family.entries.push(entry);
    families.set(key, family);
  }
  const all = [...families.values()];
  for (const family of all) {
    const isOnly = all.filter(({ component }) => component === family.component).length === 1;
    if (isOnly || family.entries.includes(family.component)) family.name = family.component;
  }
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The family that a name means: its own name, or one of its entries. An unknown name is a usage error. */
export function findFamily(families: readonly Family[], name: string): Family {
  const found =
    families.find((family) => family.name === name) ?? families.find(({ entries }) => entries.includes(name));
  if (found !== undefined) return found;
  throw new UsageError(
    `lib/versions.json has no "${name}": ${didYouMean(
      name,
      families.flatMap((family) => [family.name, ...family.entries]),
    )}`,
  );
}

/**
 * The text of `lib/versions.json` with another tag for some entries, everything else as it was; a digest, which belongs
 * to the old tag, goes.
 */
export function withTag(text: string, entries: readonly string[], tag: string): string {
  const edits: { from: number; to: number; text: string }[] = [];
  scanJson(text, {
    onValue(path, offset) {
      const [entry, field] = path;
      if (path.length !== 2 || !entries.includes(`${entry}`)) return;
      const end = offset + /^"(?:[^"\\]|\\.)*"/.exec(text.slice(offset))![0].length;
      if (field === 'tag') edits.push({ from: offset, to: end, text: JSON.stringify(tag) });
      if (field === 'digest') edits.push({ from: startOfMember(text, offset), to: end, text: '' });
    },
  });
  return edits.reduceRight((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text);
}

/** The offset of the comma in front of a member, so that removing it leaves valid JSON. */
function startOfMember(text: string, valueOffset: number): number {
  return /,\s*"[^"]*"\s*:\s*$/.exec(text.slice(0, valueOffset))!.index;
}

/** Checks a tag against the grammar of image references and against the habit of the entry it replaces. */
export function checkTag(tag: string, { name, tag: current }: Family): void {
  if (!/^\w[\w.-]{0,127}$/.test(tag))
    throw new UsageError(`"${tag}" is no tag of an image: letters, digits, "_", "." and "-", at most 128`);
  const hasV = (text: string) => /^v\d/.test(text);
  const isBare = (text: string) => /^\d/.test(text);
  if (hasV(current) && isBare(tag))
    throw new UsageError(`tags of ${name} look like ${current}: did you mean "v${tag}"?`);
  if (isBare(current) && hasV(tag))
    throw new UsageError(`tags of ${name} look like ${current}: did you mean "${tag.slice(1)}"?`);
}

/** Writes `lib/versions.json` whole or not at all. */
export function writeVersions(root: string, text: string): void {
  const temporary = `${file(root)}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file(root));
}
