import { worldBase } from '../state/calls.ts';

/** How a client is pointed at this latchkey. */
export function TryIt() {
  return (
    <section class="panel">
      <h1>Try it</h1>
      <p>
        Point a client at <code>{worldBase}</code>.
      </p>
    </section>
  );
}
