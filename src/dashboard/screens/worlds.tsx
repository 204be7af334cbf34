import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useActing } from '../parts/act.ts';
import { Action } from '../parts/controls.tsx';
import { call } from '../state/calls.ts';
import { NewWorld } from './worlds/new-world.tsx';
import { WorldTable } from './worlds/table.tsx';
import { ThisWorld } from './worlds/this-world.tsx';
import type { WorldPage, WorldView } from './worlds/world-view.ts';

/** The worlds of this latchkey, and what can be done with the one that the page shows. */
export function Worlds() {
  const worlds = useSignal<readonly WorldView[] | null>(null);
  const acting = useActing();
  const load = async () => {
    worlds.value = await allWorlds();
  };
  useEffect(() => {
    void acting.run(load);
  }, []);
  return (
    <>
      <section class="panel" aria-labelledby="worlds-title">
        <h1 id="worlds-title">Worlds</h1>
        <p class="hint">
          Each world has its own keys, clock, requests and faults: one for each test that runs at the same time. The first request
          below <code>/~name</code> makes the world <code>name</code>.
        </p>
        <WorldTable worlds={worlds.value ?? []} onChange={load} />
        <Action run={load}>Reload</Action>
      </section>
      <NewWorld onMade={load} />
      <ThisWorld onChange={load} />
    </>
  );
}

async function allWorlds(): Promise<readonly WorldView[]> {
  const found: WorldView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: WorldPage = await call('GET', `worlds?limit=1000${after}`);
    found.push(...page.worlds);
    cursor = page.cursor;
  }
  return found;
}
