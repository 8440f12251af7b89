// Logs and metrics: how many lines and samples of each job there are, step by step. Loki answers in the form of Prometheus.
import type { Ask, Piece, Reader, Span } from './pieces.ts';

interface Matrix {
  data: { result: { metric: { job?: string }; values: [time: number, count: string][] }[] };
}

/** `selector`: everything there is; every collector of ours says which job a line comes from. */
function counting(unit: string, path: string, selector: string): Reader {
  const ofSpan = async (ask: Ask, { from, to, step }: Span): Promise<Piece[]> => {
    const query = new URLSearchParams({
      query: `sum by (job) (count_over_time(${selector}[${step}s]))`,
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

export const logs = counting('lines', '/loki/api/v1', '{job=~".+"}');
export const metrics = counting('samples', '/api/v1', '{__name__=~".+"}');
