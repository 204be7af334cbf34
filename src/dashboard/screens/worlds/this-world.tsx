import { useSignal } from '@preact/signals';
import { AskedAction } from '../../parts/asked-action.tsx';
import { Action } from '../../parts/controls.tsx';
import { base, call, send } from '../../state/calls.ts';
import { placeOf } from '../../state/place.ts';
import { snapshotName } from './snapshot-name.ts';

interface ThisWorldProps {
  readonly onChange: () => Promise<void>;
}

/** What can be done with the world that the page shows: snapshots, and a new beginning. */
export function ThisWorld({ onChange }: ThisWorldProps) {
  const said = useSignal('');
  const { world } = placeOf(base.href);
  const reset = (to: 'seed' | 'empty', words: string) => async () => {
    await call('POST', 'reset', { to });
    said.value = words;
    await onChange();
  };
  return (
    <section class="panel" aria-labelledby="this-world">
      <h2 id="this-world">This world: {world}</h2>
      <Snapshots world={world} onLoaded={onChange} say={(words) => (said.value = words)} />
      <div class="buttons">
        <Action run={reset('seed', 'Keys, users and clock are as at the start.')}>Reset to seed</Action>
        <AskedAction
          question="Reset to empty? Every key except those of the first administrators is gone."
          yes="Reset"
          run={reset('empty', 'Only the first administrators are left.')}
        >
          Reset to empty
        </AskedAction>
      </div>
      <p role="status">{said.value}</p>
    </section>
  );
}

interface SnapshotsProps {
  readonly world: string;
  readonly onLoaded: () => Promise<void>;
  readonly say: (words: string) => void;
}

/** A snapshot has every key, but neither the clock nor the requests: it can be loaded into any world. */
function Snapshots({ world, onLoaded, say }: SnapshotsProps) {
  const chosen = useSignal<File | null>(null);
  const load = async () => {
    const file = chosen.value;
    if (file === null) return;
    await send('snapshot', { method: 'PUT', body: file, headers: { 'content-type': 'application/vnd.sqlite3' } });
    say(`The keys are those of ${file.name}.`);
    await onLoaded();
  };
  const take = (files: FileList | null | undefined) => {
    chosen.value = files?.[0] ?? null;
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer?.files);
  };
  return (
    <fieldset class="drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <legend>Snapshots</legend>
      <div class="buttons">
        <Action run={() => download(world)}>Download snapshot</Action>
        <label for="snapshot-file">Load a snapshot, chosen or dropped here</label>
        <input id="snapshot-file" type="file" accept=".sqlite" onChange={({ currentTarget: { files } }) => take(files)} />
        <AskedAction
          question={`Load ${chosen.value?.name ?? 'it'}? Every key of ${world} is replaced.`}
          yes="Load"
          run={load}
          disabled={chosen.value === null}
        >
          Load {chosen.value?.name ?? 'snapshot'}
        </AskedAction>
      </div>
      <p class="hint">A snapshot holds the secrets that a provider shows again. It has neither the clock nor the requests.</p>
    </fieldset>
  );
}

/** The name of the file tells the world and the instant of its clock. */
async function download(world: string): Promise<void> {
  const { now }: { readonly now: string } = await call('GET', 'clock');
  const content = await (await send('snapshot')).blob();
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = snapshotName(world, now);
  link.click();
  URL.revokeObjectURL(url);
}
