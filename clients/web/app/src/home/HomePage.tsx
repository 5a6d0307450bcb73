import { asParleyError } from "@parley/client";
import { Button, Notice, TextField } from "@parley/ui";
import { ArrowRight, CalendarPlus, CircleAlert, Video } from "lucide-react";
import { lazy, Suspense, useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { withMore } from "../i18n/more";
import { Header } from "../shell/Header";
import { navigate } from "../shell/router";
import { explain } from "../system/errors";
import { codeIn, parley, useUser } from "../system/parley";
import { Faces } from "./Faces";
import styles from "./home.module.css";

const MeetingList = lazy(() => withMore(import("./MeetingList")));
const PlanDialog = lazy(() => withMore(import("./PlanDialog")));

export function HomePage() {
  const { t } = useTranslation();
  const user = useUser();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const [creating, setCreating] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const [planning, setPlanning] = useState(false);
  const [revision, setRevision] = useState(0);
  const usualTitle = t("home.defaultTitle", { name: user?.nickname || user?.username });

  const create = async () => {
    if (!user) return navigate("/sign-in?then=new");
    setCreating(true);
    setFailure(undefined);
    try {
      const meeting = await parley.meetings.create({ title: usualTitle });
      navigate(`/m/${meeting.meeting_id}?new=1`);
    } catch (error) {
      setFailure(asParleyError(error));
      setCreating(false);
    }
  };

  useEffect(() => {
    if (new URLSearchParams(location.search).get("start") !== "1" || !user) return;
    history.replaceState(null, "", "/");
    void create();
    // Runs once: it continues what was begun before signing in.
  }, []);

  const join = (event: FormEvent) => {
    event.preventDefault();
    const code = codeIn(typed);
    if (code) navigate(`/m/${code}`);
    else setWrong(true);
  };

  const failed = failure ? explain(t, failure) : undefined;
  return (
    <>
      <Header />
      <main>
        <div className={styles["home"]}>
          <section className={styles["start"]}>
            <h1>{t("home.title")}</h1>
            <p className={styles["lead"]}>{t("home.lead")}</p>
            <div className={styles["acts"]}>
              <div className={styles["create"]}>
                <Button
                  variant="primary"
                  size="large"
                  icon={<Video size={20} aria-hidden="true" />}
                  busy={creating}
                  onPress={() => void create()}
                >
                  {t("home.newMeeting")}
                </Button>
                {user ? (
                  <Button
                    size="large"
                    icon={<CalendarPlus size={20} aria-hidden="true" />}
                    onPress={() => setPlanning(true)}
                  >
                    {t("home.plan")}
                  </Button>
                ) : null}
              </div>
              <form className={styles["join"]} onSubmit={join}>
                <TextField
                  label={t("home.code")}
                  hideLabel
                  placeholder={t("home.codePlaceholder")}
                  value={typed}
                  onChange={(value) => {
                    setTyped(value);
                    setWrong(false);
                  }}
                  error={wrong ? t("home.codeWrong") : undefined}
                  autoComplete="off"
                  spellCheck="false"
                />
                <Button type="submit" size="large" isDisabled={typed.trim() === ""}>
                  {t("home.join")}
                  <ArrowRight size={18} aria-hidden="true" className={styles["arrow"]} />
                </Button>
              </form>
            </div>
            {failed ? (
              <Notice tone="danger" role="alert" icon={<CircleAlert size={18} aria-hidden="true" />}>
                {failed.text}
                {failed.reference ? ` ${t("app.reference")}: ${failed.reference}` : ""}
              </Notice>
            ) : null}
            {user ? null : <p className={styles["hint"]}>{t("home.signInHint")}</p>}
          </section>
          {user ? (
            <Suspense fallback={null}>
              <MeetingList revision={revision} />
            </Suspense>
          ) : (
            <Faces />
          )}
        </div>
        {user ? null : (
          <ul className={styles["facts"]}>
            {(["Link", "Calm", "Own"] as const).map((fact) => (
              <li key={fact}>
                <strong>{t(`home.fact${fact}`)}</strong>
                <span>{t(`home.fact${fact}Text`)}</span>
              </li>
            ))}
          </ul>
        )}
      </main>
      {planning ? (
        <Suspense fallback={null}>
          <PlanDialog
            usualTitle={usualTitle}
            onPlanned={() => setRevision(revision + 1)}
            onClose={() => setPlanning(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
