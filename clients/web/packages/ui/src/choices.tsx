import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Switch as AriaSwitch } from "react-aria-components/Switch";
import type { ReactNode } from "react";
import styles from "./choices.module.css";
import type { Choice } from "./select";

export interface SwitchProps {
  label: string;
  hint?: ReactNode;
  isOn: boolean;
  onChange: (on: boolean) => void;
}

/** Something that is on or off, with what that means. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  return (
    <AriaSwitch className={styles["switch"] ?? ""} isSelected={isOn} onChange={onChange}>
      <span className={styles["words"]}>
        <span className={styles["label"]}>{label}</span>
        {hint ? <span className={styles["hint"]}>{hint}</span> : null}
      </span>
      <span className={styles["track"]} aria-hidden="true" />
    </AriaSwitch>
  );
}

export interface SegmentsProps<Id extends string> {
  label: string;
  choices: readonly (Choice & { id: Id })[];
  value: Id;
  onChange: (id: Id) => void;
}

/** One of two or three things, all in sight. */
export function Segments<Id extends string>({ label, choices, value, onChange }: SegmentsProps<Id>) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      className={styles["segments"] ?? ""}
      value={value}
      onChange={(id) => onChange(id as Id)}
    >
      {choices.map((choice) => (
        <Radio key={choice.id} value={choice.id} className={styles["segment"] ?? ""}>
          {choice.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}
