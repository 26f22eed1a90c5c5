import VscodeOption from '@vscode-elements/react-elements/dist/components/VscodeOption.js';
import VscodeSingleSelect from '@vscode-elements/react-elements/dist/components/VscodeSingleSelect.js';
import { useEffect, useRef } from 'react';

export interface SelectProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
}

/** One of many. Native `change` is listened to, because React names its own event so. */
export function Select({ label, options, value, onChoose }: SelectProps) {
  const element = useRef<React.ComponentRef<typeof VscodeSingleSelect>>(null);
  useEffect(() => {
    const select = element.current;
    const onChange = () => select && onChoose(select.value);
    select?.addEventListener('change', onChange);
    return () => select?.removeEventListener('change', onChange);
  }, [onChoose]);
  return (
    <VscodeSingleSelect ref={element} className="select" label={label} value={value}>
      {options.map((option) => (
        <VscodeOption key={option.value} value={option.value} selected={option.value === value}>
          {option.text}
        </VscodeOption>
      ))}
    </VscodeSingleSelect>
  );
}
