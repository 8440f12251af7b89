// As `rebirth`, with metrics and traces as well.
import { proveRebirth } from './rebirth/prove.ts';

await proveRebirth(['loki', 'mimir', 'tempo']);
