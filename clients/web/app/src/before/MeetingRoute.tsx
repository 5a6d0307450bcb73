import {
  asParleyError,
  type EndOfMeeting,
  type Meeting,
  type MeetingRecord,
  type ParleyError,
} from "@parley/client";
import { Button } from "@parley/ui";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { withMore } from "../i18n/more";
import { Message } from "../shell/NotFound";
import { navigate } from "../shell/router";
import { parley, useUser } from "../system/parley";
import { preferences } from "../system/preferences";
import { BeforeJoining } from "./BeforeJoining";
import { usePreview, type Preview } from "./usePreview";

const loadMeeting = () => import("../meeting/MeetingPage");
const LeavePage = lazy(() => withMore(import("../after/LeavePage")));

type MeetingPage = Awaited<ReturnType<typeof loadMeeting>>["default"];

type Phase =
  | { name: "before"; failure?: ParleyError }
  | { name: "joining" }
  | { name: "waiting" }
  | { name: "in"; meeting: Meeting; since: number; Page: MeetingPage }
  | { name: "after"; end: EndOfMeeting; seconds: number };

/** Everything under a meeting's link: before, waiting, in, after. */
export default function MeetingRoute({ code }: { code: string }) {
  const [phase, setPhase] = useState<Phase>({ name: "before" });
  const outside = phase.name === "before" || phase.name === "joining" || phase.name === "waiting";
  if (phase.name === "in") {
    return (
      <phase.Page
        meeting={phase.meeting}
        onEnd={(end) => setPhase({ name: "after", end, seconds: (Date.now() - phase.since) / 1000 })}
      />
    );
  }
  if (phase.name === "after") {
    return (
      <Suspense fallback={null}>
        <LeavePage
          code={code}
          end={phase.end}
          seconds={phase.seconds}
          onRejoin={() => setPhase({ name: "before" })}
        />
      </Suspense>
    );
  }
  return outside ? <Outside code={code} phase={phase} setPhase={setPhase} /> : null;
}

function Outside({
  code,
  phase,
  setPhase,
}: {
  code: string;
  phase: Phase;
  setPhase: (phase: Phase) => void;
}) {
  const { t } = useTranslation();
  const user = useUser();
  const preview = usePreview();
  const record = useMeetingRecord(code, user !== undefined);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => {
    void loadMeeting();
    return () => parley.forget();
  }, []);
  useEffect(() => {
    // After the devices were asked for: browsers gather more addresses for a page that captures.
    if (!preview.starting) parley.prepare(code);
  }, [code, preview.starting]);
  const prepare = useCallback(
    (displayName: string) => {
      const { guestKey } = preferences.all;
      parley.prepare(code, { displayName, ...(guestKey ? { guestKey } : {}) });
    },
    [code],
  );

  const join = async (name: string, password: string) => {
    if (window.parleyTest) window.parleyTest.clickedAt = performance.now();
    setPhase({ name: "joining" });
    if (!user) preferences.remember({ displayName: name });
    abort.current = new AbortController();
    try {
      const onWaiting = () => setPhase({ name: "waiting" });
      // The page is loaded by hand: a lazy component would be revealed 300 ms late.
      const [meeting, { default: Page }] = await Promise.all([
        joinWith(code, name, password, preview, abort.current.signal, onWaiting),
        loadMeeting(),
      ]);
      if (window.parleyTest) window.parleyTest.meeting = meeting;
      setPhase({ name: "in", meeting, since: Date.now(), Page });
    } catch (thrown) {
      const failure = asParleyError(thrown);
      setPhase(abort.current.signal.aborted ? { name: "before" } : { name: "before", failure });
    }
  };

  const failure = phase.name === "before" ? phase.failure : undefined;
  if (record === "missing" || failure?.code === "meeting.not_found") {
    return (
      <Message title={t("before.notFoundTitle")} text={t("before.notFoundText", { code })}>
        <Button variant="primary" onPress={() => navigate("/")}>
          {t("app.toHome")}
        </Button>
      </Message>
    );
  }
  return (
    <BeforeJoining
      code={code}
      record={record}
      preview={preview}
      state={phase.name === "waiting" ? "waiting" : phase.name === "joining" ? "joining" : "ready"}
      failure={failure}
      onName={prepare}
      onJoin={(name, password) => void join(name, password)}
      onCancel={() => abort.current?.abort()}
    />
  );
}

async function joinWith(
  code: string,
  displayName: string,
  password: string,
  preview: Preview,
  signal: AbortSignal,
  onWaiting: () => void,
): Promise<Meeting> {
  const { guestKey, microphone, camera } = preferences.all;
  const invitation = new URLSearchParams(location.search).get("i");
  const tracks = preview.handOver();
  try {
    const meeting = await parley.join(code, {
      displayName,
      signal,
      onWaiting,
      onGuestKey: (key) => preferences.remember({ guestKey: key }),
      ...(password ? { password } : {}),
      ...(guestKey ? { guestKey } : {}),
      ...(invitation ? { invitation } : {}),
      ...(tracks.microphone ? { audio: tracks.microphone } : {}),
      ...(tracks.camera ? { video: tracks.camera } : {}),
    });
    if (microphone) meeting.preferDevice("microphone", microphone);
    if (camera) meeting.preferDevice("camera", camera);
    if (preferences.all.speaker) void meeting.useSpeaker(preferences.all.speaker);
    if (preview.starting) openLate(meeting, preview);
    return meeting;
  } catch (error) {
    preview.takeBack();
    throw error;
  }
}

/** Somebody pressed Join before the devices came: the meeting opens what was to be on. What fails stays off, as the control bar shows. */
function openLate(meeting: Meeting, preview: Preview): void {
  if (preview.microphoneOn) meeting.setMicrophone(true).catch(() => undefined);
  if (preview.cameraOn) meeting.setCamera(true).catch(() => undefined);
}

/** What the meeting is, for those who may read it; guests learn its title when they join. */
function useMeetingRecord(code: string, signedIn: boolean): MeetingRecord | "missing" | undefined {
  const [record, setRecord] = useState<MeetingRecord | "missing">();
  useEffect(() => {
    if (!signedIn) return;
    let current = true;
    parley.meetings.get(code).then(
      (found) => current && setRecord(found),
      (error: unknown) =>
        current && asParleyError(error).code === "meeting.not_found" && setRecord("missing"),
    );
    return () => void (current = false);
  }, [code, signedIn]);
  return record;
}
