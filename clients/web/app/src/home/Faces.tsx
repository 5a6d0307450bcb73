import styles from "./faces.module.css";

/** A quiet picture of a meeting: five tiles, one of them speaking. */
export function Faces() {
  return (
    <div className={styles["frame"]} aria-hidden="true">
      <div className={styles["grid"]}>
        {[0, 1, 2, 3].map((tile) => (
          <div key={tile} className={styles["tile"]} data-tile={tile}>
            <svg viewBox="0 0 160 100" preserveAspectRatio="xMidYMax slice">
              <ellipse className={styles["body"]} cx="80" cy="112" rx="46" ry="40" />
              <rect className={styles["skin"]} x="73" y="60" width="14" height="18" rx="6" />
              <ellipse className={styles["skin"]} cx="80" cy="48" rx="18" ry="22" />
              <path
                className={styles["hair"]}
                d="M61 46c0-16 8-24 19-24s20 8 19 25c-4-8-9-12-19-12s-15 4-19 11z"
              />
            </svg>
          </div>
        ))}
      </div>
      <div className={styles["bar"]}>
        <i />
        <i />
        <i />
        <i className={styles["end"]} />
      </div>
    </div>
  );
}
