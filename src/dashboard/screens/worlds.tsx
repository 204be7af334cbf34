import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useActing } from '../parts/act.ts';
import { Refusal } from '../parts/controls.tsx';
import { call } from '../state/calls.ts';

interface WorldView {
  readonly name: string;
  readonly isOpen: boolean;
}

/** The worlds of this latchkey. */
export function Worlds() {
  const worlds = useSignal<readonly WorldView[]>([]);
  const acting = useActing();
  useEffect(() => {
    void acting.run(async () => {
      worlds.value = (await call<{ readonly worlds: readonly WorldView[] }>('GET', 'worlds')).worlds;
    });
  }, []);
  return (
    <section class="panel">
      <h1>Worlds</h1>
      <ul>
        {worlds.value.map(({ name, isOpen }) => (
          <li key={name}>
            {name}
            {isOpen ? '' : ' (not open)'}
          </li>
        ))}
      </ul>
      <Refusal of={acting} />
    </section>
  );
}
