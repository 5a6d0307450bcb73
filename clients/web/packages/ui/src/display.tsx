import { useEffect, useRef, useState, type ReactNode } from "react";
import styles from "./display.module.css";

/** First letters of a name: "Ana Silva" is "AS", 王小明 is 王. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const ideograph = /\p{Script=Han}/u.test(first);
  const last = words.length > 1 && !ideograph ? [...words[words.length - 1]!][0] : "";
  return (first + (last ?? "")).toLocaleUpperCase();
}

/** One of eight calm colours, always the same for a name. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0;
  return hash % 8;
}

/** A circle with a picture, or with initials; the name itself is always said beside it. */
export function Avatar(props: {
  name: string;
  picture?: string | undefined;
  size?: "small" | "medium" | "large" | "fill";
}) {
  const { name, picture, size = "medium" } = props;
  return (
    <span
      className={`${styles["avatar"]} ${styles[`avatar-${size}`]}`}
      data-hue={hueOf(name)}
      data-initials={picture ? "" : initialsOf(name)}
      aria-hidden="true"
    >
      {picture ? <img src={picture} alt="" className={styles["face"]} /> : null}
    </span>
  );
}

/** Bars that follow a level from 0 to 1, read once a frame while shown. */
export function LevelMeter({ read, label }: { read: () => number; label: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    let spoken = -1;
    const draw = () => {
      const level = read();
      const element = ref.current;
      if (element) {
        element.style.setProperty("--level", level.toFixed(3));
        const rounded = Math.round(level * 10) * 10;
        if (rounded !== spoken) element.setAttribute("aria-valuenow", String((spoken = rounded)));
      }
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [read]);
  return (
    <div
      ref={ref}
      className={styles["meter"]}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      <span />
    </div>
  );
}

/** A grey shape where something will be; it appears only when the wait is worth showing. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className={styles["skeletons"]} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles["skeleton"]} />
      ))}
    </div>
  );
}

/** A message inside the page: what happened and what to do. */
export function Notice(props: {
  tone?: "info" | "danger";
  icon?: ReactNode;
  children: ReactNode;
  role?: "alert";
}) {
  const { tone = "info", icon, children, role } = props;
  return (
    <div className={`${styles["notice"]} ${styles[`notice-${tone}`]}`} {...(role ? { role } : {})}>
      {icon}
      <div>{children}</div>
    </div>
  );
}

/** The frame of a picture on the stage: name, marks, speaking ring. */
export function Tile(props: {
  name: ReactNode;
  speaking?: boolean;
  children: ReactNode;
  marks?: ReactNode;
  corner?: ReactNode;
  actions?: ReactNode;
  label: string;
}) {
  return (
    <figure className={styles["tile"]} data-speaking={props.speaking || undefined} aria-label={props.label}>
      {props.children}
      {props.corner ? <div className={styles["corner"]}>{props.corner}</div> : null}
      {props.actions ? <div className={styles["tileActions"]}>{props.actions}</div> : null}
      <figcaption className={styles["caption"]}>
        {props.marks}
        <span className={styles["name"]}>{props.name}</span>
      </figcaption>
    </figure>
  );
}
