import { type About, isAbout, type Sent } from './history.ts';
import type { Finding } from './judge.ts';

/** A fault hits exactly as often as it says, over all replicas. */
export function judgeFaults(sent: readonly Sent[]): Finding[] {
  const shots = Map.groupBy(sent.filter(isAbout('shot')), ({ subject }) => subject.fault);
  return sent.filter(isAbout('fault')).flatMap((fault) => judgeFault(fault, shots.get(fault.subject.fault) ?? []));
}

function judgeFault(added: About<'fault'>, shots: readonly About<'shot'>[]): Finding[] {
  const { fault, skip, times } = added.subject;
  const most = Math.min(times, Math.max(0, shots.length - skip));
  const hits = shots.filter(({ outcome }) => outcome === 'done');
  const text = `${fault} hit ${hits.length} of ${shots.length} requests, instead of ${most}`;
  const evidence = [added, ...shots];
  if (hits.length > most) return [{ kind: 'fault hit too often', text, evidence }];
  // A request without a definite answer may have been the one that was hit.
  const isDefinite = shots.every(({ outcome, begun }) => (outcome === 'done' || outcome === 'refused') && begun > added.answered);
  if (added.outcome === 'done' && isDefinite && hits.length < most) return [{ kind: 'fault hit too seldom', text, evidence }];
  return [];
}
