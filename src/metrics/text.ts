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
  addDurations(registry, requests);
  const keys = new Gauge({ name: 'latchkey_keys', help: 'Stored keys', labelNames: ['world'], registers });
  for (const { name, keys: count } of worlds) keys.set({ world: name }, count);
  new Gauge({ name: 'latchkey_worlds', help: 'Open worlds', registers }).set(worlds.length);
  const texts = await Promise.all([registry.metrics(), ofProcess.metrics()]);
  return { type: registry.contentType, text: texts.join('\n') };
}

/** Classes of durations by provider, as those of a histogram: its own class counts one by one, and these are counted already. */
function addDurations(registry: Registry, requests: readonly RequestCount[]): void {
  const registers = [registry];
  const name = 'latchkey_request_duration_ms';
  const bucket = new Counter({
    name: `${name}_bucket`,
    help: 'Requests that took no longer',
    labelNames: ['provider', 'le'],
    registers,
  });
  const sum = new Counter({ name: `${name}_sum`, help: 'How long requests took', labelNames: ['provider'], registers });
  for (const { provider, byDuration, sumMs } of requests) {
    let upTo = 0;
    for (const [index, count] of byDuration.entries()) {
      upTo += count;
      bucket.inc({ provider, le: String(durationClassesMs[index] ?? '+Inf') }, upTo);
    }
    sum.inc({ provider }, sumMs);
  }
}
