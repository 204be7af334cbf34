import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { requests } from '../../state/store.ts';

/** The newest request to the provider that arrived while this was looked at. */
export function Arrived({ provider }: { readonly provider: string }) {
  const before = useMemo(() => new Set(requests.peek().map(({ id }) => id)), [provider]);
  const arrived = useComputed(() => requests.value.find((one) => one.provider === provider && !before.has(one.id)));
  const entry = arrived.value;
  return (
    <p role="status" class="arrived">
      {entry === undefined ? (
        `Nothing has arrived for ${provider} yet.`
      ) : (
        <>
          Your request has arrived: <a href={`#/requests/${encodeURIComponent(entry.id)}`}>#{entry.id}</a>, {entry.status}
          {entry.code === null ? '' : ` (${entry.code})`}
        </>
      )}
    </p>
  );
}
