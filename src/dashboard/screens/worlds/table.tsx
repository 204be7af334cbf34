import { AskedAction } from '../../parts/asked-action.tsx';
import { base, call } from '../../state/calls.ts';
import { msOf, shownInstant } from '../../state/instants.ts';
import { pageOf, placeOf } from '../../state/place.ts';
import type { WorldView } from './world-view.ts';

interface WorldTableProps {
  readonly worlds: readonly WorldView[];
  readonly onChange: () => Promise<void>;
}

/** The worlds, with a way to each. */
export function WorldTable({ worlds, onChange }: WorldTableProps) {
  return (
    <div class="wide">
      <table aria-busy={worlds.length === 0}>
        <caption class="unseen">Worlds of this latchkey</caption>
        <thead>
          <tr>
            {['name', 'clock', 'keys', 'requests', 'own seed', 'open'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
            <th scope="col">
              <span class="unseen">actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {worlds.map((world) => (
            <Row key={world.name} world={world} onChange={onChange} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const here = placeOf(base.href);

function Row({ world, onChange }: { readonly world: WorldView; readonly onChange: () => Promise<void> }) {
  const { name, keys, requests, hasOwnSeed, isOpen } = world;
  const isShown = name === here.world;
  const now = msOf(world.now);
  return (
    <tr aria-current={isShown ? 'true' : undefined}>
      <th scope="row">
        {name}
        {isShown && ' (this one)'}
      </th>
      <td>{now === undefined ? '–' : shownInstant(now)}</td>
      <td>{keys ?? '–'}</td>
      <td>{requests ?? '–'}</td>
      <td>{yesOrNo(hasOwnSeed)}</td>
      <td>{yesOrNo(isOpen)}</td>
      <td>
        <div class="buttons">
          {!isShown && (
            <a class="button" href={pageOf(here.root, name)}>
              Open<span class="unseen"> {name}</span>
            </a>
          )}
          {name !== 'default' && (
            <AskedAction
              question={`Drop ${name}? This cannot be undone.`}
              yes={`Drop ${name}`}
              run={() => drop(name, isShown, onChange)}
            >
              Drop<span class="unseen"> {name}</span>
            </AskedAction>
          )}
        </div>
      </td>
    </tr>
  );
}

function yesOrNo(value: boolean | undefined): string {
  if (value === undefined) return '–';
  return value ? 'yes' : 'no';
}

/** Whoever drops the world that the page shows finds the page of the default world: leaving ends the stream of this one. */
async function drop(name: string, isShown: boolean, onChange: () => Promise<void>): Promise<void> {
  await call('DELETE', `worlds/${encodeURIComponent(name)}`);
  if (isShown) location.assign(pageOf(here.root, 'default'));
  else await onChange();
}
