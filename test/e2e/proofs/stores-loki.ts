// Loki with an S3 server: logs that it uploaded come back after it and its disk are gone.
import { proveStore } from './stores/prove.ts';

await proveStore('loki');
