import type { ReactNode } from "react";
import { Label, FieldError, Text } from "react-aria-components/TextField";
import { Input, TextField as AriaTextField, type TextFieldProps } from "react-aria-components/TextField";
import styles from "./fields.module.css";

export interface FieldProps extends Omit<TextFieldProps, "className" | "style" | "children"> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  placeholder?: string;
  hideLabel?: boolean;
}

/** One line of text with its label, a hint and an error. An error is told; it does not hold the form back. */
export function TextField({ label, hint, error, placeholder, hideLabel, ...rest }: FieldProps) {
  return (
    <AriaTextField
      {...rest}
      validationBehavior="aria"
      isInvalid={error !== undefined}
      className={styles["field"] ?? ""}
    >
      <Label className={hideLabel ? "visually-hidden" : (styles["label"] ?? "")}>{label}</Label>
      <Input className={styles["input"] ?? ""} {...(placeholder ? { placeholder } : {})} />
      {hint && error === undefined ? (
        <Text slot="description" className={styles["hint"] ?? ""}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles["error"] ?? ""}>{error}</FieldError>
    </AriaTextField>
  );
}
