import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Screen, screens } from '../state/address.ts';
import { base, call } from '../state/calls.ts';
import { connection } from '../state/connection.ts';
import { pageOf, placeOf } from '../state/place.ts';
import { route } from '../state/route.ts';
import { faults, health } from '../state/store.ts';
import { theme, themes } from '../state/theme.ts';
import { warningOf } from './warning.ts';

const titles: Readonly<Record<Screen, string>> = { overview: 'overview', faults: 'faults', worlds: 'worlds', try: 'try it' };
const words = { connecting: 'connecting', live: '● live', lost: '○ not connected', refused: '○ refused' } as const;

/** The bar at the top of every screen. */
export function Frame() {
  const { screen } = route.value;
  return (
    <header class="top">
      <strong>latchkey</strong>
      <WorldChooser />
      <nav aria-label="Screens">
        {screens.map((name) => (
          <a key={name} href={`#/${name === 'overview' ? '' : name}`} aria-current={name === screen ? 'page' : undefined}>
            {titles[name]}
            {name === 'faults' && faults.value.length > 0 ? ` ${faults.value.length}` : ''}
          </a>
        ))}
        <a href="docs/">API</a>
      </nav>
      <span class={`state is-${connection.value.state}`}>{words[connection.value.state]}</span>
      <select
        aria-label="Colours"
        value={theme.value}
        onChange={({ currentTarget }) => {
          theme.value = themes.find((name) => name === currentTarget.value) ?? 'auto';
        }}
      >
        {themes.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </header>
  );
}

/** Which world is shown. The list is loaded when it is looked at. */
function WorldChooser() {
  const { root, world } = placeOf(base.href);
  const names = useSignal<readonly string[]>([world]);
  const load = async () => {
    const answer = await call<{ readonly worlds: readonly { readonly name: string }[] }>('GET', 'worlds').catch(() => undefined);
    if (answer !== undefined) names.value = [...new Set([world, ...answer.worlds.map(({ name }) => name)])];
  };
  const isLive = connection.value.state === 'live';
  useEffect(() => {
    if (isLive) void load();
  }, [isLive]);
  return (
    <label>
      world{' '}
      <select
        value={world}
        onFocus={() => void load()}
        onChange={({ currentTarget }) => location.assign(pageOf(root, currentTarget.value))}
      >
        {names.value.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

/** On every screen: a latchkey that was started to err on purpose says so. */
export function MutantBanner() {
  const mutant = health.value?.mutant;
  if (mutant === null || mutant === undefined) return null;
  return (
    <p class="banner alarm" role="alert">
      {warningOf(mutant)}
    </p>
  );
}
