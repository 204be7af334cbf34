import { shortcuts } from '../state/keyboard.ts';
import { Dialog } from './dialog.tsx';

/** The list of the keys that act. */
export function Help({ close }: { readonly close: () => void }) {
  return (
    <Dialog title="Keys of the keyboard" close={close}>
      <dl class="facts">
        {shortcuts.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
