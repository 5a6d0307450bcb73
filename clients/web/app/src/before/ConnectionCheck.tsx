import { Button } from "@parley/ui";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { parley } from "../system/parley";
import styles from "./before.module.css";

/** A conversation is easy below this round trip; above it people begin to talk over each other. */
const EASY_MILLIS = 300;

type Verdict = { name: "good" | "slow"; millis: number } | { name: "none" };

/** Whether the server answers, and how fast, in plain words. It says nothing before it knows. */
export function ConnectionCheck() {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<Verdict>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    parley.measureReach(stop.signal).then(
      (millis) => setVerdict({ name: millis > EASY_MILLIS ? "slow" : "good", millis: Math.round(millis) }),
      () => stop.signal.aborted || setVerdict({ name: "none" }),
    );
    const again = () => setTurn((last) => last + 1);
    window.addEventListener("online", again);
    window.addEventListener("offline", again);
    return () => {
      stop.abort();
      window.removeEventListener("online", again);
      window.removeEventListener("offline", again);
    };
  }, [turn]);
  const Sign = verdict?.name === "good" ? CircleCheck : CircleAlert;
  return (
    <div className={styles["reach"]} role="status" data-verdict={verdict?.name}>
      {verdict ? (
        <>
          <Sign size={18} aria-hidden="true" />
          <span>
            {t(`before.reach.${verdict.name}`)}
            {"millis" in verdict ? (
              <span className={styles["millis"]}>
                {" "}
                {t("before.reach.millis", { millis: verdict.millis })}
              </span>
            ) : null}
          </span>
          {verdict.name === "none" ? (
            <Button variant="quiet" onPress={() => setTurn(turn + 1)}>
              {t("app.tryAgain")}
            </Button>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
