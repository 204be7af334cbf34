import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { durationClassesMs, type RequestCount } from './request-counts.ts';

/** What the text tells of. */
export interface Measured {
  readonly requests: readonly RequestCount[];
  /** Open worlds, each with how many keys it has. */
  readonly worlds: readonly { readonly name: string; readonly keys: number }[];
}

/** Of the process itself: these observe all the time, so there is one of them. */
const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

/** Metrics in Prometheus' text format. To be imported where somebody asks: nothing of it is needed to answer a request. */
export async function metricsText({ requests, worlds }: Measured): Promise<{ type: string; text: string }> {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ['world', 'provider', 'operation', 'status'];
  const answered = new Counter({ name: 'latchkey_requests_total', help: 'Requests answered', labelNames, registers });
  for (const { world, provider, operation, status, count } of requests) {
    answered.inc({ world, provider, operation, status: String(status) }, count);
  }
  const keys = new Gauge({ name: 'latchkey_keys', help: 'Stored keys', labelNames: ['world'], registers });
  for (const { name, keys: count } of worlds) keys.set({ world: name }, count);
  new Gauge({ name: 'latchkey_worlds', help: 'Open worlds', registers }).set(worlds.length);
  const texts = await Promise.all([registry.metrics(), durationsText(requests), ofProcess.metrics()]);
  return { type: registry.contentType, text: texts.join('\n') };
}

/** Durations by provider as a histogram; the package's own counts one by one, and these are counted already. */
function durationsText(requests: readonly RequestCount[]): string {
  const name = 'latchkey_request_duration_ms';
  const lines = [`# HELP ${name} How long requests took`, `# TYPE ${name} histogram`];
  for (const [provider, counts] of Map.groupBy(requests, (count) => count.provider)) {
    let upTo = 0;
    for (const [index, end] of [...durationClassesMs, '+Inf'].entries()) {
      upTo += total(counts, ({ byDuration }) => byDuration[index] ?? 0);
      lines.push(`${name}_bucket{provider="${provider}",le="${end}"} ${upTo}`);
    }
    lines.push(`${name}_sum{provider="${provider}"} ${total(counts, ({ sumMs }) => sumMs)}`);
    lines.push(`${name}_count{provider="${provider}"} ${upTo}`);
  }
  return `${lines.join('\n')}\n`;
}

function total(counts: readonly RequestCount[], of: (count: RequestCount) => number): number {
  return counts.reduce((sum, count) => sum + of(count), 0);
}
