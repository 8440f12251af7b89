// Dashboards: those that Grafana lists, by their UIDs.
import type { Ask, Piece, Reader } from './pieces.ts';

/** Grafana gives at most so many at once. */
const limit = 5000;

async function list(ask: Ask): Promise<Piece[]> {
  const found = (await ask(`/api/search?type=dash-db&limit=${limit}`)) as { uid: string }[];
  return found.map(({ uid }) => ({ id: uid, amount: 1 }));
}

export const dashboards: Reader = { unit: 'dashboards', record: list, again: list };
