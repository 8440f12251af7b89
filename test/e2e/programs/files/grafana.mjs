// In the place of Grafana: it reads what is provisioned, from where its configuration says, and lists the dashboards. Whoever
// asks needs the administrator's password.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const provisioning = '/etc/grafana/provisioning/dashboards';
const { GF_SECURITY_ADMIN_USER: user = '', GF_SECURITY_ADMIN_PASSWORD: password = '' } = process.env;
const known = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
// Kubernetes has what is mounted in folders of its own, which begin with two dots.
const filesOf = (folder) => readdirSync(folder).filter((name) => !name.startsWith('..'));

/** Every dashboard of every provider, as `/api/search` lists it. */
function dashboards() {
  return filesOf(provisioning).flatMap((file) =>
    read(join(provisioning, file)).providers.flatMap(({ folder, options: { path } }) =>
      filesOf(path).map((name) => {
        const { uid, title } = read(join(path, name));
        return { uid, title, type: 'dash-db', folderTitle: folder };
      }),
    ),
  );
}

createServer((request, answer) => {
  const { pathname } = new URL(request.url, 'http://grafana');
  const say = (status, body) =>
    answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (pathname === '/healthz' || pathname === '/api/health') return say(200, { database: 'ok' });
  if (request.headers.authorization !== known) return say(401, { message: 'Unauthorized' });
  return pathname === '/api/search' ? say(200, dashboards()) : say(404, { message: 'Not found' });
}).listen(3000);
