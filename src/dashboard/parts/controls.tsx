import type { ComponentChildren } from 'preact';
import { connection } from '../state/connection.ts';
import { type Acting, useActing } from './act.ts';

interface ActionProps {
  readonly run: () => Promise<unknown>;
  readonly children: ComponentChildren;
  /** Of a group of controls that share one line for refusals; left out: the button has its own. */
  readonly acting?: Acting;
  readonly title?: string;
  readonly disabled?: boolean;
  readonly kind?: 'danger' | 'first';
}

/** A button that makes a call, and shows in the server's words why it was refused. Disabled while latchkey cannot be reached. */
export function Action({ run, children, acting, title, disabled = false, kind }: ActionProps) {
  const own = useActing();
  const used = acting ?? own;
  const isOff = disabled || connection.value.state !== 'live';
  // While it is busy it keeps the focus, and does nothing.
  const press = () => used.isBusy.value || void used.run(run);
  return (
    <>
      <button type="button" class={kind} title={title} disabled={isOff} aria-busy={used.isBusy.value} onClick={press}>
        {children}
      </button>
      {acting === undefined && <Refusal of={own} />}
    </>
  );
}

/** The line under a control whose call was refused. */
export function Refusal({ of: { refusal } }: { readonly of: Acting }) {
  return refusal.value === null ? null : (
    <p class="refusal" role="alert">
      {refusal.value}
    </p>
  );
}

/** A text to copy: where a browser has no clipboard for this page, it is selected in a field instead. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
