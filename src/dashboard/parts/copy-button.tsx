import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { copy } from './controls.tsx';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for those who do not see what stands beside the button. */
  readonly what: string;
  /** Whether everybody sees it on the button. */
  readonly isTold?: boolean;
}

/** Copies a text. Where a browser has no clipboard for this page, the text is selected in a field instead. */
export function CopyButton({ text, what, isTold = false }: CopyButtonProps) {
  const said = useSignal('');
  const isShown = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  // Before it can be pressed: what is said of a copy may not be taken back.
  useLayoutEffect(() => {
    said.value = '';
    isShown.value = false;
  }, [text]);
  useLayoutEffect(() => field.current?.select(), [isShown.value]);
  const run = async () => {
    const isCopied = await copy(text);
    isShown.value = !isCopied;
    said.value = isCopied ? 'copied' : 'selected: copy it with the keyboard';
  };
  return (
    <span class="copy">
      <button type="button" onClick={() => void run()}>
        Copy<span class={isTold ? undefined : 'unseen'}> {what}</span>
      </button>
      <span role="status">{said.value}</span>
      {isShown.value && <textarea ref={field} readOnly rows={2} aria-label={`To copy: ${what}`} value={text} />}
    </span>
  );
}
