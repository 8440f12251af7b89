// A cluster that is lost twice, in order and at once, and what Loki has of it afterwards.
import { proveRebirth } from './rebirth/prove.ts';

await proveRebirth(['loki']);
