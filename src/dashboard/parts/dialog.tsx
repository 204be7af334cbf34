import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  close(): void;
  readonly children: ComponentChildren;
}

/** A dialog. The focus returns to what opened it. */
export function Dialog({ title, close, children }: DialogProps) {
  const place = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const opener = document.activeElement;
    place.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog ref={place} aria-labelledby={id} onClose={close}>
      <div class="line">
        <h2 id={id}>{title}</h2>
        <button type="button" class="close" aria-label="Close" onClick={() => place.current?.close()}>
          ×
        </button>
      </div>
      {children}
    </dialog>
  );
}
