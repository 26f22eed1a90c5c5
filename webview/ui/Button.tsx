import VscodeButton from '@vscode-elements/react-elements/dist/components/VscodeButton.js';

export interface ButtonProps {
  readonly label: string;
  readonly icon?: string;
  /** The one action of a view that matters most. */
  readonly isPrimary?: boolean;
  readonly title?: string;
  readonly onPress: () => void;
}

export function Button({ label, icon, isPrimary = false, title, onPress }: ButtonProps) {
  return (
    <VscodeButton secondary={!isPrimary} icon={icon ?? ''} title={title ?? ''} onClick={onPress}>
      {label}
    </VscodeButton>
  );
}
