import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { Tooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import styles from "./button.module.css";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children" | "isPending"> {
  variant?: "primary" | "secondary" | "quiet" | "danger";
  size?: "medium" | "large";
  wide?: boolean;
  /** Work is going on: it shows a bar, keeps focus, cannot be pressed and says so. */
  busy?: boolean;
  icon?: ReactNode;
  children?: ReactNode;
}

/** A button with words. */
export function Button(props: ButtonProps) {
  const { variant = "secondary", size = "medium", wide, busy, icon, children, ...rest } = props;
  return (
    <AriaButton
      {...rest}
      {...(busy ? { type: "button", onPress: () => undefined, "aria-disabled": true } : {})}
      className={[
        styles["button"],
        styles[variant],
        styles[size],
        wide ? styles["wide"] : "",
        busy ? styles["busy"] : "",
      ].join(" ")}
    >
      {icon}
      <span className={styles["words"]}>{children}</span>
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  "className" | "style" | "children" | "aria-label"
> {
  label: string;
  /** Shown behind the label in the tooltip, e.g. "Ctrl+D". */
  shortcut?: string | undefined;
  variant?: "plain" | "control" | "off" | "on" | "danger";
  size?: "small" | "medium" | "large";
  badge?: number | undefined;
  /** Toggle state for assistive technology. */
  pressed?: boolean;
  tooltip?: boolean;
  children: ReactNode;
}

/** A button that is an icon; its name is in the tooltip and for screen readers. */
export function IconButton(props: IconButtonProps) {
  const {
    label,
    shortcut,
    variant = "plain",
    size = "medium",
    badge,
    pressed,
    tooltip,
    children,
    ...rest
  } = props;
  const button = (
    <AriaButton
      {...rest}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      {...(shortcut ? { "aria-keyshortcuts": shortcut.replace("Ctrl", "Control") } : {})}
      {...(badge ? { "data-badge": badge > 99 ? "99+" : badge } : {})}
      aria-label={badge ? `${label}, ${badge}` : label}
      className={`${styles["icon"]} ${styles[variant]} ${styles[`icon-${size}`]}`}
    >
      {children}
    </AriaButton>
  );
  if (tooltip === false) return button;
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {button}
      <Tooltip className={styles["tooltip"] ?? ""} offset={8}>
        {label}
        {shortcut ? <kbd>{shortcut}</kbd> : null}
      </Tooltip>
    </TooltipTrigger>
  );
}
