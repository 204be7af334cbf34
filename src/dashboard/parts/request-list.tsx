import { computed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { call, worldBase } from '../state/calls.ts';
import { isRefused, requestCells, requestsWanted } from '../state/request-view.ts';
import { goTo, route } from '../state/route.ts';
import { forgotten, isLoaded, lists, requests } from '../state/store.ts';
import { Action } from './controls.tsx';
import { Grid } from './grid.tsx';
import { filterBy } from './key-list.tsx';

const columns = ['#', 'time', 'status', 'request', 'why'];

const wanted = computed(() => {
  const { rq: q = '', refused = '', key = '' } = route.value.query;
  return requestsWanted(requests.value, { q, refused: refused === '1', key });
});

/** Forgets the journal, here and there. */
export async function clearRequests(): Promise<void> {
  await call('DELETE', 'requests');
  lists.value = { ...lists.value, requests: [] };
  goTo({ request: null });
}

/** The last requests, as they come. */
export function RequestList() {
  const { query, request } = route.value;
  return (
    <section class="list" aria-labelledby="requests-head">
      <Bar />
      {query['key'] && (
        <p class="note">
          of one key{' '}
          <button type="button" onClick={() => filterBy({ key: '' })}>
            All requests
          </button>
        </p>
      )}
      {forgotten.value > 0 && <p class="note">older requests are forgotten: latchkey keeps the last ones (--journal-size)</p>}
      <Grid
        id="requests"
        label="Requests"
        columns={columns}
        rows={wanted.value}
        idOf={({ id }) => id}
        cells={requestCells}
        tone={(cells, column) => (column === 2 || column === 4 ? toneOf(cells[2], cells[4]) : undefined)}
        chosen={request}
        choose={(id) => goTo({ screen: 'overview', request: id })}
      >
        {isLoaded.value && <NoRequests isFiltered={requests.value.length > 0} />}
      </Grid>
      <Announcement />
    </section>
  );
}

function Bar() {
  const { query } = route.value;
  return (
    <div class="line">
      <h2 id="requests-head">Requests {requests.value.length.toLocaleString('en')}</h2>
      <input
        type="search"
        aria-label="Filter requests"
        placeholder="filter"
        data-filter="requests"
        value={query['rq'] ?? ''}
        onInput={({ currentTarget }) => filterBy({ rq: currentTarget.value })}
      />
      <label title="r">
        <input
          type="checkbox"
          checked={query['refused'] === '1'}
          onChange={({ currentTarget }) => filterBy({ refused: currentTarget.checked ? '1' : '' })}
        />{' '}
        refused
      </label>
      <Action run={clearRequests}>Clear</Action>
    </div>
  );
}

function toneOf(status = '', why = ''): string {
  if (why.startsWith('mutant ')) return 'bad';
  if (status.startsWith('2')) return 'good';
  return /^[45]|^0/.test(status) ? 'bad' : 'plain';
}

function NoRequests({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered)
    return (
      <p>
        No request matches.{' '}
        <button type="button" onClick={() => filterBy({ rq: '', refused: '', key: '' })}>
          Clear filter
        </button>
      </p>
    );
  return (
    <p>
      No requests yet. Point a client at <code>{worldBase}</code>: <a href="#/try">try it</a>.
    </p>
  );
}

/** Says at most every five seconds how many requests came, to those who are in the list. */
function Announcement() {
  const said = useSignal('');
  const counted = useRef(Number(requests.peek()[0]?.id ?? 0));
  useEffect(() => {
    const timer = setInterval(() => {
      const fresh = requests.peek().filter(({ id }) => Number(id) > counted.current);
      counted.current = Number(requests.peek()[0]?.id ?? 0);
      if (document.activeElement?.id !== 'requests' || fresh.length === 0) return;
      said.value = `${fresh.length} new requests, ${fresh.filter(isRefused).length} refused`;
    }, 5000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="unseen" role="status">
      {said.value}
    </p>
  );
}
