import { type Screen, screens } from '../state/address.ts';
import { connection } from '../state/connection.ts';
import { goTo, route } from '../state/route.ts';
import { faults } from '../state/store.ts';

const titles: Readonly<Record<Screen, string>> = { overview: 'overview', faults: 'faults', worlds: 'worlds', try: 'try it' };

/** The bar at the top of every screen. */
export function Frame() {
  const { screen } = route.value;
  return (
    <header class="top">
      <strong>latchkey</strong>
      <nav aria-label="Screens">
        {screens.map((name) => (
          <a key={name} href={`#/${name === 'overview' ? '' : name}`} aria-current={name === screen ? 'page' : undefined}>
            {titles[name]}
            {name === 'faults' && faults.value.length > 0 ? ` ${faults.value.length}` : ''}
          </a>
        ))}
        <a href="docs/">API</a>
      </nav>
      <span class="state">{connection.value.state}</span>
    </header>
  );
}

/** Leaves for another screen. */
export function show(screen: Screen): void {
  goTo({ screen, key: null, request: null, query: {} });
}
