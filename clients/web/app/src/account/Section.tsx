import type { ReactNode } from "react";
import styles from "./settings.module.css";

/** One part of the account page, under its heading. */
export function Section(props: { id: string; title: string; text?: string; children: ReactNode }) {
  return (
    <section className={styles["section"]} aria-labelledby={props.id}>
      <h2 id={props.id} className={styles["heading"]}>
        {props.title}
      </h2>
      {props.text ? <p className={styles["soft"]}>{props.text}</p> : null}
      {props.children}
    </section>
  );
}
