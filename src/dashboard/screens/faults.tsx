import { Action } from '../parts/controls.tsx';
import { call } from '../state/calls.ts';
import { faults } from '../state/store.ts';

/** The faults that lie in wait. */
export function Faults() {
  const list = faults.value;
  return (
    <section class="panel">
      <h1>Faults</h1>
      {list.length === 0 ? (
        <p>No fault lies in wait.</p>
      ) : (
        <ul>
          {list.map(({ id, effect, hits, times }) => (
            <li key={id}>
              {id} <code>{JSON.stringify(effect)}</code> {hits} of {times ?? 'all'}{' '}
              <Action run={() => call('DELETE', `faults/${encodeURIComponent(id)}`)}>Remove</Action>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
