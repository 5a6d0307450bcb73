import { LevelMeter as Meter, type MeetingRecord, type ParleyError } from "@parley/client";
import { Button, IconButton, LevelMeter, Notice, TextField, Avatar } from "@parley/ui";
import { Camera, CameraOff, CircleAlert, Mic, MicOff, Video, VideoOff, Volume2 } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Header } from "../shell/Header";
import { MeetingLink } from "../shell/MeetingLink";
import { explain } from "../system/errors";
import { useUser } from "../system/parley";
import { preferences } from "../system/preferences";
import styles from "./before.module.css";
import { ConnectionCheck } from "./ConnectionCheck";
import { playTestSound } from "./testSound";
import type { Preview } from "./usePreview";

const DevicePickers = lazy(() => import("./DevicePickers"));

export interface BeforeJoiningProps {
  code: string;
  record: MeetingRecord | undefined;
  preview: Preview;
  state: "ready" | "joining" | "waiting";
  failure: ParleyError | undefined;
  /** The name is known and has not changed for a moment. */
  onName: (name: string) => void;
  onJoin: (name: string, password: string) => void;
  onCancel: () => void;
}

/** How you will look and sound, and what the meeting asks of you. */
export function BeforeJoining({
  code,
  record,
  preview,
  state,
  failure,
  onName,
  onJoin,
  onCancel,
}: BeforeJoiningProps) {
  const { t } = useTranslation();
  const fresh = new URLSearchParams(location.search).get("new") === "1";
  return (
    <>
      <Header />
      <main className={styles["page"]}>
        <section className={styles["left"]} aria-label={t("before.preview")}>
          <Picture preview={preview} />
          <Suspense fallback={<div className={styles["pickersLater"]} />}>
            <DevicePickers devices={preview.devices} onChoose={preview.choose} />
          </Suspense>
          <div className={styles["sound"]}>
            <Button
              variant="quiet"
              icon={<Volume2 size={18} aria-hidden="true" />}
              onPress={() => void playTestSound(preferences.all.speaker)}
            >
              {t("before.testSound")}
            </Button>
            <ConnectionCheck />
          </div>
          <DeviceHelp error={preview.error} />
        </section>
        <section className={styles["right"]}>
          {state === "waiting" ? (
            <div className={styles["waiting"]} role="status">
              <span className={styles["pulse"]} aria-hidden="true" />
              <h1 className={styles["title"]}>{t("before.waitingTitle")}</h1>
              <p className={styles["soft"]}>{t("before.waitingText")}</p>
              <Button onPress={onCancel}>{t("before.stopWaiting")}</Button>
            </div>
          ) : (
            <>
              <div>
                <h1 className={styles["title"]}>
                  {fresh ? t("before.linkReady") : (record?.title ?? t("before.ready"))}
                </h1>
                {record?.host_name && !fresh ? (
                  <p className={styles["soft"]}>{t("before.host", { name: record.host_name })}</p>
                ) : null}
              </div>
              {fresh ? <ShareLink code={code} /> : null}
              <JoinForm
                record={record}
                failure={failure}
                busy={state === "joining"}
                onName={onName}
                onJoin={onJoin}
              />
            </>
          )}
        </section>
      </main>
    </>
  );
}

const NAME_SETTLES_MILLIS = 500;

function JoinForm(props: {
  record: MeetingRecord | undefined;
  failure: ParleyError | undefined;
  busy: boolean;
  onName: (name: string) => void;
  onJoin: (name: string, password: string) => void;
}) {
  const { t } = useTranslation();
  const user = useUser();
  const own = user?.nickname || user?.username || "";
  const [name, setName] = useState(preferences.all.displayName ?? "");
  const [password, setPassword] = useState("");
  const [unnamed, setUnnamed] = useState(false);
  const [triedPassword, setTriedPassword] = useState(false);
  const { failure, onName, busy } = props;
  // Once Join is pressed nothing is left to prepare.
  const settled = user || busy ? "" : name.trim();
  useEffect(() => {
    if (settled === "") return;
    const timer = setTimeout(() => onName(settled), NAME_SETTLES_MILLIS);
    return () => clearTimeout(timer);
  }, [settled, onName]);
  const aboutPassword = failure?.code.startsWith("meeting.password") ?? false;
  // Once asked for, the password stays in sight while it is tried.
  const [refusedOnce, setRefusedOnce] = useState(false);
  if (aboutPassword && !refusedOnce) setRefusedOnce(true);
  const asksPassword =
    refusedOnce || (props.record?.has_password === true && props.record.host_id !== user?.id);
  const failed = failure && !aboutPassword ? explain(t, failure) : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!user && name.trim() === "") return setUnnamed(true);
    setTriedPassword(password !== "");
    props.onJoin(user ? own : name.trim(), password);
  };

  return (
    <form className={styles["form"]} onSubmit={submit}>
      {failed ? (
        <Notice tone="danger" role="alert" icon={<CircleAlert size={18} aria-hidden="true" />}>
          {failed.text}
          {failed.reference ? ` ${t("app.reference")}: ${failed.reference}` : ""}
        </Notice>
      ) : null}
      {user ? (
        <p className={styles["as"]}>
          <Avatar name={own} size="small" /> {t("before.asUser", { name: own })}
        </p>
      ) : (
        <TextField
          label={t("before.name")}
          placeholder={t("before.namePlaceholder")}
          value={name}
          onChange={(value) => {
            setName(value);
            setUnnamed(false);
          }}
          maxLength={50}
          autoComplete="name"
          error={unnamed ? t("before.nameMissing") : undefined}
        />
      )}
      {asksPassword ? (
        <TextField
          label={t("before.password")}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="off"
          autoFocus={refusedOnce}
          hint={refusedOnce ? t("errors.meeting_password_needed") : undefined}
          error={aboutPassword && triedPassword ? t("errors.meeting_password") : undefined}
        />
      ) : null}
      <Button type="submit" variant="primary" size="large" wide busy={props.busy}>
        {t(props.busy ? "before.joining" : "before.joinNow")}
      </Button>
      {user ? null : <p className={styles["small"]}>{t("before.asGuest")}</p>}
    </form>
  );
}

function ShareLink({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles["share"]}>
      <p className={styles["soft"]}>{t("before.linkReadyText")}</p>
      <MeetingLink code={code} />
    </div>
  );
}

function Picture({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const ref = useRef<HTMLVideoElement>(null);
  const { camera, microphone, cameraOn, microphoneOn, starting } = preview;
  useEffect(() => {
    if (ref.current) ref.current.srcObject = camera ? new MediaStream([camera]) : null;
  }, [camera]);
  const read = useLevel(microphone);
  const micLabel = t(microphoneOn ? "before.micOn" : "before.micOff");
  const camLabel = t(cameraOn ? "before.camOn" : "before.camOff");
  return (
    <div className={styles["picture"]} data-theme="dark">
      <video ref={ref} autoPlay playsInline muted hidden={!camera} />
      {camera ? null : (
        <p className={styles["off"]}>
          {starting ? <Camera size={28} aria-hidden="true" /> : <CameraOff size={28} aria-hidden="true" />}
          {t(starting ? "before.cameraStarting" : "before.cameraOff")}
        </p>
      )}
      <div className={styles["overlay"]}>
        <div className={styles["level"]}>
          <LevelMeter read={microphoneOn ? read : silence} label={t("before.level")} />
        </div>
        <div className={styles["switches"]}>
          <IconButton
            label={micLabel}
            shortcut="Ctrl+D"
            size="large"
            variant={microphoneOn && microphone ? "control" : "off"}
            onPress={() => preview.setMicrophone(!microphoneOn)}
          >
            {microphoneOn && microphone ? (
              <Mic size={22} aria-hidden="true" />
            ) : (
              <MicOff size={22} aria-hidden="true" />
            )}
          </IconButton>
          <IconButton
            label={camLabel}
            shortcut="Ctrl+E"
            size="large"
            variant={camera ? "control" : "off"}
            onPress={() => preview.setCamera(!camera)}
          >
            {camera ? <Video size={22} aria-hidden="true" /> : <VideoOff size={22} aria-hidden="true" />}
          </IconButton>
        </div>
      </div>
    </div>
  );
}

/** What to do when a device cannot be used; a blocked one gets a picture of where to click. */
function DeviceHelp({ error }: { error: ParleyError | undefined }) {
  const { t } = useTranslation();
  if (!error) return null;
  if (error.code !== "device.blocked") {
    return (
      <Notice icon={<CircleAlert size={18} aria-hidden="true" />}>
        {t(error.code === "device.missing" ? "before.missingText" : "before.busyText")}
      </Notice>
    );
  }
  return (
    <Notice
      icon={
        <svg className={styles["where"]} viewBox="0 0 120 64" aria-hidden="true">
          <rect x="1" y="1" width="118" height="62" rx="8" />
          <rect className={styles["bar"]} x="10" y="10" width="100" height="16" rx="8" />
          <circle cx="19" cy="18" r="5" className={styles["target"]} />
          <path d="M22 44l-4-20 18 10-8 2z" className={styles["pointer"]} />
          <rect className={styles["bar"]} x="46" y="36" width="54" height="6" rx="3" />
          <rect className={styles["bar"]} x="46" y="48" width="36" height="6" rx="3" />
        </svg>
      }
    >
      <strong>{t("before.blockedTitle")}</strong>
      <br />
      {t("before.blockedText")}
    </Notice>
  );
}

const silence = () => 0;

function useLevel(track: MediaStreamTrack | undefined): () => number {
  const meter = useRef<Meter>(undefined);
  useEffect(() => {
    if (!track) return;
    const made = (meter.current = new Meter(track));
    return () => {
      meter.current = undefined;
      made.close();
    };
  }, [track]);
  return useMemo(() => () => meter.current?.read() ?? 0, []);
}
