import VscodeToolbarButton from '@vscode-elements/react-elements/dist/components/VscodeToolbarButton.js';

/** A button that is only a glyph; its label is read out and shown on hover. */
export function IconButton({ label, icon, onPress }: { readonly label: string; readonly icon: string; readonly onPress: () => void }) {
  return <VscodeToolbarButton className="icon-button" icon={icon} label={label} title={label} onClick={onPress} />;
}
