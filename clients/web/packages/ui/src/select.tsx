import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import {
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from "react-aria-components/Select";
import styles from "./fields.module.css";

export interface Choice {
  id: string;
  label: string;
}

export interface SelectProps {
  label: string;
  icon?: ReactNode;
  choices: readonly Choice[];
  value: string | null;
  onChange: (id: string) => void;
  placeholder: string;
  isDisabled?: boolean;
  compact?: boolean;
  /** Whether the label is to be read, too, and not for screen readers alone. */
  showLabel?: boolean;
}

/** A choice among a few named things. */
export function Select({
  label,
  icon,
  choices,
  value,
  onChange,
  placeholder,
  isDisabled,
  compact,
  showLabel,
}: SelectProps) {
  return (
    <AriaSelect
      {...(showLabel ? {} : { "aria-label": label })}
      className={styles["field"] ?? ""}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      isDisabled={isDisabled ?? false}
      placeholder={placeholder}
    >
      {showLabel ? <Label className={styles["label"] ?? ""}>{label}</Label> : null}
      <Button className={`${styles["select"]} ${compact ? styles["compact"] : ""}`}>
        {icon}
        <SelectValue className={styles["value"] ?? ""} />
        <ChevronDown size={16} aria-hidden="true" />
      </Button>
      <Popover className={styles["popover"] ?? ""} offset={6}>
        <ListBox className={styles["list"] ?? ""} items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={styles["item"] ?? ""}>
              {({ isSelected }) => (
                <>
                  <span>{choice.label}</span>
                  {isSelected ? <Check size={16} aria-hidden="true" /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
