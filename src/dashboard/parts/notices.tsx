import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { base, type CallError, call } from '../state/calls.ts';
import { connection } from '../state/connection.ts';
import { tryNow } from '../state/flow.ts';
import { stopwatchMs } from '../state/instants.ts';
import { pageOf, placeOf } from '../state/place.ts';
import { health } from '../state/store.ts';
import { keepToken, token } from '../state/token.ts';
import { useActing } from './act.ts';
import { Refusal } from './controls.tsx';

declare const PAGE_VERSION: string;

/** What stands between the page and its latchkey; nothing while it is live. */
export function Notices() {
  const { value } = connection;
  if (value.state === 'lost') return <Lost sinceMs={value.sinceMs} againAtMs={value.againAtMs} />;
  const version = health.value?.version;
  if (value.state !== 'live' || version === undefined || version === PAGE_VERSION) return null;
  return (
    <p class="banner">
      latchkey was updated:{' '}
      <button type="button" onClick={() => location.reload()}>
        reload
      </button>
    </p>
  );
}

function Lost({ sinceMs, againAtMs }: { readonly sinceMs: number; readonly againAtMs: number }) {
  const at = useSignal(stopwatchMs());
  useEffect(() => {
    const timer = setInterval(() => {
      at.value = stopwatchMs();
    }, 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));
  return (
    <p class="banner" role="status">
      <span aria-hidden="true">
        not connected for {seconds(at.value - sinceMs)} s, trying again in {seconds(againAtMs - at.value)} s{' '}
      </span>
      <span class="unseen">not connected</span>
      <button type="button" onClick={tryNow}>
        Now
      </button>
    </p>
  );
}

/** In place of a screen: latchkey answers, but not to this page as it is. */
export function Refused({ error }: { readonly error: CallError }) {
  if (error.status === 401) return <TokenForm />;
  if (error.code === 'world_not_found') return <NoWorld />;
  return (
    <section class="panel">
      <h1>latchkey does not answer this page</h1>
      <p>{error.message}</p>
      {error.code === 'host_refused' && (
        <p>
          Start it with <code>--allow-host {location.hostname}</code>, or use an address or a local name.
        </p>
      )}
      {error.code === 'origin_refused' && <p>A proxy in front of it has to pass on the Host header as the browser sent it.</p>}
      <button type="button" onClick={tryNow}>
        Try again
      </button>
    </section>
  );
}

function TokenForm() {
  const given = useSignal('');
  const wasGiven = token.value !== null;
  const use = (event: Event) => {
    event.preventDefault();
    keepToken(given.value);
    given.value = '';
    tryNow();
  };
  return (
    <section class="panel">
      <h1>Admin token</h1>
      <p>This latchkey was started with an admin token. It is kept in this tab alone, until the tab is closed.</p>
      {wasGiven && (
        <p class="refusal" role="alert">
          That token was not accepted.
        </p>
      )}
      <form class="line" onSubmit={use}>
        <label>
          Token{' '}
          <input
            type="password"
            autocomplete="off"
            value={given.value}
            onInput={({ currentTarget }) => {
              given.value = currentTarget.value;
            }}
          />
        </label>
        <button type="submit" class="first">
          Use it
        </button>
      </form>
    </section>
  );
}

function NoWorld() {
  const { root, world } = placeOf(base.href);
  const acting = useActing();
  const make = async () => {
    if (await acting.run(() => call('PUT', `worlds/${encodeURIComponent(world)}`, {}))) tryNow();
  };
  return (
    <section class="panel">
      <h1>There is no world {world}.</h1>
      <p class="line">
        <button type="button" class="first" onClick={() => void make()}>
          Make it
        </button>
        <a href={pageOf(root, 'default')}>Default world</a>
      </p>
      <Refusal of={acting} />
    </section>
  );
}
