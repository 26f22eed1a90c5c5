import { Component, type ReactNode } from 'react';
import { Button } from './ui/Button';
import { Notice } from './ui/Notice';

interface Props {
  readonly children: ReactNode;
  /** A new value means that what failed may work again. */
  readonly resetKey: unknown;
  readonly onShowLog: () => void;
}

interface State {
  readonly error: unknown;
  readonly resetKey: unknown;
}

/** Keeps a view that cannot be drawn from taking the rest of the panel with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <Notice tone="bad" actions={<Button label="Show log" onPress={this.props.onShowLog} />}>
        This part of the panel cannot be drawn. The rest still works; the log says why.
      </Notice>
    );
  }
}
