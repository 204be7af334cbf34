import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Fault } from '../../../client/types.ts';
import { Action } from '../../parts/controls.tsx';
import { call } from '../../state/calls.ts';
import { stopwatchMs } from '../../state/instants.ts';
import { route } from '../../state/route.ts';
import { matchInWords } from './draft.ts';
import { effectInWords } from './effects.ts';
import { lastsInWords, seenAtMs } from './lasting.ts';

/** The faults, the oldest first. The one that the address names is marked. */
export function FaultTable({ faults }: { readonly faults: readonly Fault[] }) {
  const now = useSignal(stopwatchMs());
  useEffect(() => {
    const ticking = setInterval(() => {
      now.value = stopwatchMs();
    }, 1000);
    return () => clearInterval(ticking);
  }, []);
  return (
    <div class="wide">
      <table>
        <caption class="unseen">Faults that lie in wait</caption>
        <thead>
          <tr>
            {['id', 'hits', 'does', 'hit so far', 'lasts'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
            <th scope="col">
              <span class="unseen">remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault) => (
            <Row key={fault.id} fault={fault} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ fault, now }: { readonly fault: Fault; readonly now: { readonly value: number } }) {
  const { id, match, effect, hits, times } = fault;
  const lasts = useComputed(() => lastsInWords(fault.ttlMs, now.value - seenAtMs(fault)));
  return (
    <tr aria-current={route.value.query['fault'] === id ? 'true' : undefined}>
      <th scope="row">{id}</th>
      <td>{matchInWords(match ?? {})}</td>
      <td>{effectInWords(effect ?? {})}</td>
      <td>{timesInWords(hits, times)}</td>
      <td>{lasts}</td>
      <td>
        <Action run={() => call('DELETE', `faults/${encodeURIComponent(id)}`)}>
          Remove<span class="unseen"> {id}</span>
        </Action>
      </td>
    </tr>
  );
}

function timesInWords(hits: number | undefined, times: number | null | undefined): string {
  if (hits === undefined || times === undefined) return '–';
  return times === null ? `${hits}, and every further one` : `${hits} of ${times}`;
}
