import type { ComponentChildren } from 'preact';

interface FactsProps {
  readonly of: readonly (readonly [name: string, value: ComponentChildren])[];
}

/** Names and what stands for them. What is missing is a dash. */
export function Facts({ of }: FactsProps) {
  return (
    <dl class="facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  );
}
