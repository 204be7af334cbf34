import { type Signal, useSignal } from '@preact/signals';
import { CallError, type Detail } from '../state/calls.ts';

/** What a control shows of the call that it made. */
export interface Acting {
  readonly isBusy: Signal<boolean>;
  /** The server's words; null once a call succeeded. */
  readonly refusal: Signal<string | null>;
  readonly details: Signal<readonly Detail[]>;
  /** Runs a call; says whether it succeeded. Errors are shown, never thrown. */
  run(act: () => Promise<unknown>): Promise<boolean>;
}

/** The state of a control that makes calls. Show it with `<Refusal of={acting} />`. */
export function useActing(): Acting {
  const isBusy = useSignal(false);
  const refusal = useSignal<string | null>(null);
  const details = useSignal<readonly Detail[]>([]);
  const run = async (act: () => Promise<unknown>) => {
    isBusy.value = true;
    try {
      await act();
      refusal.value = null;
      details.value = [];
      return true;
    } catch (error) {
      refusal.value = error instanceof Error ? error.message : String(error);
      details.value = error instanceof CallError ? error.details : [];
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, refusal, details, run };
}
