// Logs and metrics: how many lines of each job there are, and how many of its series have a sample, step by step. Loki answers
// in the form of Prometheus.
import type { Ask, Piece, Reader, Span } from './pieces.ts';

interface Matrix {
  data: { result: { metric: { job?: string }; values: [time: number, count: string][] }[] };
}

/** `amount`: a query for how much of everything there is in so many seconds. */
function counting(unit: string, path: string, amount: (seconds: number) => string): Reader {
  const ofSpan = async (ask: Ask, { from, to, step }: Span): Promise<Piece[]> => {
    const query = new URLSearchParams({
      query: amount(step),
      // The value at a time counts the step before it.
      start: `${from + step}`,
      end: `${to}`,
      step: `${step}`,
    });
    const { data } = (await ask(`${path}/query_range?${query.toString()}`)) as Matrix;
    return data.result.flatMap(({ metric, values }) =>
      values.map(([time, count]) => ({
        id: `${metric.job ?? ''} ${time}`,
        at: time - step,
        amount: Number(count),
      })),
    );
  };
  const record: Reader['record'] = async (ask, spans) => {
    const pieces: Piece[] = [];
    for (const span of spans) pieces.push(...(await ofSpan(ask, span)));
    return pieces;
  };
  return { unit, record, again: record };
}

// Every collector of ours says which job a line comes from.
export const logs = counting(
  'lines',
  '/loki/api/v1',
  (seconds) => `sum by (job) (count_over_time({job=~".+"}[${seconds}s]))`,
);

// Functions that count samples forget the names of metrics, and then series that differ in nothing else are an error. A step is
// no longer than programs are scraped, so that a series has one sample in it, or none.
export const metrics = counting(
  'samples',
  '/api/v1',
  (seconds) => `count by (job) (last_over_time({__name__=~".+"}[${seconds}s]))`,
);
