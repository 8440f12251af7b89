// The control groups of the containers of a rig. They outlive the processes in them, so that somebody has to remove them.
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** The group that all containers of a rig are below, from the folder of the rig: several may run at the same time. */
export function cgroupOf(folder: string): string {
  return `/${folder.slice(1).replaceAll('/', '-')}`;
}

/** Removes what the containers of a rig left, once it has ended: in one hierarchy (cgroup v2) or in one each (v1). */
export function removeCgroups(folder: string, root = '/sys/fs/cgroup'): void {
  if (!existsSync(root)) return;
  for (const hierarchy of [root, ...foldersIn(root)]) removeTree(join(hierarchy, cgroupOf(folder)));
}

/** The files of a group can't be removed and go with it. */
function removeTree(group: string): void {
  if (!existsSync(group)) return;
  for (const child of foldersIn(group)) removeTree(child);
  try {
    rmdirSync(group);
  } catch {
    // Processes take a moment to be gone; an empty group that stays does no harm.
  }
}

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name));
}
