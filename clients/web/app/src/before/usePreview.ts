import {
  asParleyError,
  captureBoth,
  captureCamera,
  captureMicrophone,
  Devices,
  type DeviceList,
  type ParleyError,
} from "@parley/client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { preferences } from "../system/preferences";

export interface Preview {
  microphone: MediaStreamTrack | undefined;
  camera: MediaStreamTrack | undefined;
  microphoneOn: boolean;
  cameraOn: boolean;
  starting: boolean;
  error: ParleyError | undefined;
  devices: DeviceList;
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
  choose(kind: "microphone" | "camera" | "speaker", deviceId: string): void;
  /** Gives the tracks to a meeting: this preview does not stop them when it goes. */
  handOver(): { microphone?: MediaStreamTrack; camera?: MediaStreamTrack };
  /** Takes them back when joining failed. */
  takeBack(): void;
}

/** The person's own camera and microphone before joining. */
export function usePreview(): Preview {
  const [microphone, setMicrophoneTrack] = useState<MediaStreamTrack>();
  const [camera, setCameraTrack] = useState<MediaStreamTrack>();
  const [microphoneOn, setMicrophoneOn] = useState(!preferences.all.startMuted);
  const [cameraOn, setCameraOn] = useState(!preferences.all.startCameraOff);
  const [starting, setStarting] = useState(true);
  const [error, setError] = useState<ParleyError>();
  const [list, setList] = useState<DeviceList>({ microphones: [], cameras: [], speakers: [] });
  const devices = useMemo(() => new Devices(), []);
  const held = useRef({ microphone, camera, given: [] as (MediaStreamTrack | undefined)[] });
  held.current.microphone = microphone;
  held.current.camera = camera;

  useEffect(() => {
    let gone = false;
    const stopListening = devices.on("change", setList);
    void captureBoth(preferences.all.microphone, preferences.all.camera).then((captured) => {
      if (gone) {
        captured.microphone?.stop();
        captured.camera?.stop();
        return;
      }
      if (captured.microphone) captured.microphone.enabled = !preferences.all.startMuted;
      setMicrophoneTrack(captured.microphone);
      if (preferences.all.startCameraOff) captured.camera?.stop();
      else setCameraTrack(captured.camera);
      setError(captured.error);
      setStarting(false);
      void devices.refresh();
    });
    return () => {
      gone = true;
      stopListening();
      devices.close();
      for (const track of [held.current.microphone, held.current.camera]) {
        if (!held.current.given.includes(track)) track?.stop();
      }
    };
  }, [devices]);

  const fail = useCallback((thrown: unknown) => setError(asParleyError(thrown)), []);

  const setMicrophone = (on: boolean) => {
    setMicrophoneOn(on);
    preferences.remember({ startMuted: !on });
    if (microphone) microphone.enabled = on;
    else if (on) captureMicrophone(preferences.all.microphone).then(setMicrophoneTrack, fail);
  };

  const setCamera = (on: boolean) => {
    setCameraOn(on);
    preferences.remember({ startCameraOff: !on });
    if (!on) {
      camera?.stop();
      setCameraTrack(undefined);
    } else captureCamera(preferences.all.camera).then(setCameraTrack, fail);
  };

  const choose = (kind: "microphone" | "camera" | "speaker", deviceId: string) => {
    preferences.remember({ [kind]: deviceId });
    if (kind === "microphone" && microphone) {
      captureMicrophone(deviceId).then((track) => {
        microphone.stop();
        track.enabled = microphoneOn;
        setMicrophoneTrack(track);
      }, fail);
    }
    if (kind === "camera" && cameraOn) {
      captureCamera(deviceId).then((track) => {
        camera?.stop();
        setCameraTrack(track);
      }, fail);
    }
  };

  return {
    microphone,
    camera,
    microphoneOn,
    cameraOn,
    starting,
    error,
    devices: list,
    setMicrophone,
    setCamera,
    choose,
    handOver: () => {
      held.current.given = [microphone, camera];
      return { ...(microphone ? { microphone } : {}), ...(camera ? { camera } : {}) };
    },
    takeBack: () => {
      held.current.given = [];
      if (camera?.readyState === "ended") setCamera(true);
      if (microphone?.readyState === "ended") {
        captureMicrophone(preferences.all.microphone).then((track) => {
          track.enabled = microphoneOn;
          setMicrophoneTrack(track);
        }, fail);
      }
    },
  };
}
