import { Component, type ComponentChildren } from 'preact';

interface GuardedProps {
  readonly children: ComponentChildren;
}

/** What cannot be shown, of a newer server say, is said in its place: it must not blank the page. */
export class Guarded extends Component<GuardedProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static override getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    if (this.state.isBroken)
      return <p class="detail">This cannot be shown here. Is the page older than its latchkey? Load it again.</p>;
    return <>{this.props.children}</>;
  }
}
