import { useSignal } from '@preact/signals';
import { Action } from '../parts/controls.tsx';
import { call } from '../state/calls.ts';
import { faults } from '../state/store.ts';
import { NewFault } from './faults/new-fault.tsx';
import { FaultTable } from './faults/table.tsx';

/** The faults that lie in wait, and a form for another one. */
export function Faults() {
  const list = faults.value;
  const said = useSignal('');
  return (
    <>
      <section class="panel" aria-labelledby="faults-title">
        <h1 id="faults-title">Faults</h1>
        <p class="hint">A fault makes chosen requests fail as the real service failed, exactly as often as you say.</p>
        {list.length === 0 ? <p class="empty">No fault lies in wait.</p> : <FaultTable faults={list} />}
        {list.length > 0 && <Action run={() => call('DELETE', 'faults')}>Remove all</Action>}
        <p role="status">{said.value}</p>
      </section>
      <NewFault
        onAdded={({ id }) => {
          said.value = `${id} lies in wait.`;
        }}
      />
    </>
  );
}
