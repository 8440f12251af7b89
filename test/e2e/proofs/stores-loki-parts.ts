// Loki as production has it: see stores/parts.ts.
import { proveParts } from './stores/parts.ts';

await proveParts('loki');
