import { useSignal } from '@preact/signals';
import { comings } from '../state/coming.ts';
import { shownInstant } from '../state/instants.ts';
import { keyLabel, shownSpan } from '../state/key-view.ts';
import { nowInSeconds } from '../state/now.ts';

/** The list of what is coming up, for those who do not see the timeline. */
export function ComingUp() {
  const isOpen = useSignal(false);
  const list = isOpen.value ? comings.value.filter(({ atMs }) => atMs >= nowInSeconds.value).slice(0, 20) : [];
  return (
    <div class="menu">
      <button type="button" aria-expanded={isOpen.value} onClick={() => (isOpen.value = !isOpen.value)}>
        coming up
      </button>
      {isOpen.value && (
        <ol class="popup">
          {list.length === 0 && <li>Nothing is to come.</li>}
          {list.map(({ atMs, event, key }) => (
            <li key={`${event}-${key.id}`}>
              <a href={`#/keys/${encodeURIComponent(key.id)}`}>{keyLabel(key)}</a> {event} in{' '}
              {shownSpan(atMs - nowInSeconds.value)}, {shownInstant(atMs)}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
