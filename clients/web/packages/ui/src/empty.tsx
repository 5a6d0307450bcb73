import type { ReactNode } from "react";
import styles from "./empty.module.css";

/** What is said where there is nothing yet, or where it could not be had: an icon, a title in `strong`, a sentence, what to do. */
export function Empty({ children, role }: { children: ReactNode; role?: "alert" }) {
  return (
    <div className={styles["empty"]} {...(role ? { role } : {})}>
      {children}
    </div>
  );
}
