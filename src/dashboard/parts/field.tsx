import type { ComponentChildren } from 'preact';

interface FieldProps {
  /** Of the control, which is described by what stands below it. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly problem: string | undefined;
  readonly children: ComponentChildren;
}

/** A control with its label, and below it what latchkey had against it. */
export function Field({ id, label, hint, problem, children }: FieldProps) {
  return (
    <div class="stack">
      <label for={id}>
        {label}
        {hint !== undefined && <small> {hint}</small>}
      </label>
      {children}
      <Problem id={`${id}-problem`}>{problem}</Problem>
    </div>
  );
}

/** A line that says what is wrong; nothing if nothing is. */
export function Problem({ id, children }: { readonly id: string; readonly children: string | null | undefined }) {
  return (
    <p class="refusal" id={id} role="alert">
      {children ?? ''}
    </p>
  );
}
