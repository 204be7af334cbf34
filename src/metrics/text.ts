import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { durationBoundsMs, type RequestCount } from './request-counts.ts';

/** What is written as metrics. */
export interface Measured {
  readonly requests: readonly RequestCount[];
  /** Open worlds, each with the number of its keys. */
  readonly worlds: readonly { readonly name: string; readonly keys: number }[];
  /** Whether it errs on purpose: a mutant other than `none` is set. */
  readonly errs: boolean;
}

/** The metrics of the process. They are collected all the time, so there is one registry for all emulators. */
const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

/** The metrics in Prometheus' text format. Import this only when they are asked for: no other request needs this module. */
export async function metricsText({ requests, worlds, errs }: Measured): Promise<{ type: string; text: string }> {
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
  new Gauge({ name: 'latchkey_mutant', help: '1: this latchkey errs on purpose', registers }).set(errs ? 1 : 0);
  const texts = await Promise.all([registry.metrics(), durationsText(requests), ofProcess.metrics()]);
  return { type: registry.contentType, text: texts.join('\n') };
}

/** A histogram of durations by provider. The one of prom-client cannot take counts that were made elsewhere. */
function durationsText(requests: readonly RequestCount[]): string {
  const name = 'latchkey_request_duration_ms';
  const lines = [`# HELP ${name} How long requests took`, `# TYPE ${name} histogram`];
  for (const [provider, counts] of Map.groupBy(requests, (count) => count.provider)) {
    let upTo = 0;
    for (const [index, end] of [...durationBoundsMs, '+Inf'].entries()) {
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
