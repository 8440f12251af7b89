// What `rebirth --abrupt` is told to call: it kills everything that the proof runs.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KillSwitch {
  /** The command that kills; it ends once an empty cluster is there. */
  command: string;
  end(): void;
}

/** Listens on the loopback of the rig. */
export async function armKillSwitch(kill: () => Promise<void>): Promise<KillSwitch> {
  const server = createServer((_, answer) => {
    kill().then(
      () => answer.end(),
      (error: unknown) => answer.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const script = `fetch('http://127.0.0.1:${port}/').then((answer) => process.exit(answer.ok ? 0 : 1))`;
  return { command: `${process.execPath} -e "${script}"`, end: () => void server.close() };
}
