import { computed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../state/calls.ts';
import { keyCells, keysWanted } from '../state/key-view.ts';
import { mostKeys, searchKeys } from '../state/loading.ts';
import { nowInSeconds } from '../state/now.ts';
import { goTo, route } from '../state/route.ts';
import { isLoaded, keys, keysTotal, serverKeys } from '../state/store.ts';
import { useActing } from './act.ts';
import { Action, Refusal } from './controls.tsx';
import { Grid } from './grid.tsx';
import { IssueForm } from './issue-form.tsx';

const columns = ['provider', 'key', 'owner', 'state', 'left'];
const states = ['active', 'suspended', 'revoked', 'expired'];

const wanted = computed(() => {
  const { q = '', state = '' } = route.value.query;
  return keysWanted(serverKeys.value ?? keys.value.values(), { q, state }, nowInSeconds.value);
});

/** Changes a filter: the address has it, so that a link can be sent. */
export function filterBy(change: Readonly<Record<string, string>>): void {
  goTo({ query: { ...route.value.query, ...change } });
}

/** All keys, with the time that they have left. */
export function KeyList() {
  const { query, key } = route.value;
  const issuing = useSignal(false);
  const issue = () => {
    issuing.value = true;
  };
  const acting = useActing();
  const total = Math.max(keysTotal.value, keys.value.size);
  useEffect(() => {
    const timer = setTimeout(() => void acting.run(() => searchKeys(query['q'] ?? '')), 200);
    return () => clearTimeout(timer);
  }, [query['q']]);
  return (
    <section class="list" aria-labelledby="keys-head">
      <Bar total={total} issue={issue} />
      <Refusal of={acting} />
      {keys.value.size < total && (
        <p class="note">
          showing {Math.min(mostKeys, keys.value.size).toLocaleString('en')} of {total.toLocaleString('en')}: search asks the
          server
        </p>
      )}
      <Grid
        id="keys"
        label="Keys"
        columns={columns}
        rows={wanted.value}
        idOf={({ id }) => id}
        cells={(row) => keyCells(row, nowInSeconds.value)}
        tone={(cells, column) => (column === 3 ? `state-${cells[3]}` : undefined)}
        chosen={key}
        choose={(id) => goTo({ screen: 'overview', key: id })}
      >
        {isLoaded.value && <NoKeys isFiltered={keys.value.size > 0} issue={issue} />}
      </Grid>
      {issuing.value && <IssueForm close={() => (issuing.value = false)} />}
    </section>
  );
}

function Bar({ total, issue }: { readonly total: number; readonly issue: () => void }) {
  const { query } = route.value;
  return (
    <div class="line">
      <h2 id="keys-head">Keys {total.toLocaleString('en')}</h2>
      <input
        type="search"
        aria-label="Filter keys"
        placeholder="filter"
        data-filter="keys"
        value={query['q'] ?? ''}
        onInput={({ currentTarget }) => filterBy({ q: currentTarget.value })}
      />
      <select
        aria-label="State of the keys"
        value={query['state'] ?? ''}
        onChange={({ currentTarget }) => filterBy({ state: currentTarget.value })}
      >
        <option value="">all states</option>
        {states.map((state) => (
          <option key={state}>{state}</option>
        ))}
      </select>
      <button type="button" class="first" onClick={issue}>
        Issue…
      </button>
    </div>
  );
}

function NoKeys({ isFiltered, issue }: { readonly isFiltered: boolean; readonly issue: () => void }) {
  if (isFiltered)
    return (
      <p>
        No key matches.{' '}
        <button type="button" onClick={() => filterBy({ q: '', state: '' })}>
          Clear filter
        </button>
      </p>
    );
  return (
    <p>
      No keys: issue one, or reset to the seed.{' '}
      <button type="button" onClick={issue}>
        Issue…
      </button>{' '}
      <Action run={() => call('POST', 'reset', { to: 'seed' })}>Reset to seed</Action>
    </p>
  );
}
