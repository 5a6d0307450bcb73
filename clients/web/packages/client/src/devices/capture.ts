import { ParleyError } from "../errors";

/** Opens a microphone with echo, noise and level treatment on. */
export async function captureMicrophone(deviceId?: string): Promise<MediaStreamTrack> {
  return firstTrack(await open({ audio: microphoneConstraints(deviceId) }), "audio");
}

/** Opens a camera at 720p, or what it has. */
export async function captureCamera(deviceId?: string): Promise<MediaStreamTrack> {
  return firstTrack(await open({ video: cameraConstraints(deviceId) }), "video");
}

/** Opens both with one question to the person; what is not there or not allowed is missing from the reply. */
export async function captureBoth(
  microphoneId?: string,
  cameraId?: string,
): Promise<{ microphone?: MediaStreamTrack; camera?: MediaStreamTrack; error?: ParleyError }> {
  try {
    const stream = await open({
      audio: microphoneConstraints(microphoneId),
      video: cameraConstraints(cameraId),
    });
    return { microphone: firstTrack(stream, "audio"), camera: firstTrack(stream, "video") };
  } catch {
    const [microphone, camera] = await Promise.allSettled([
      captureMicrophone(microphoneId),
      captureCamera(cameraId),
    ]);
    const failed = [microphone, camera].find((outcome) => outcome.status === "rejected");
    return {
      ...(microphone.status === "fulfilled" ? { microphone: microphone.value } : {}),
      ...(camera.status === "fulfilled" ? { camera: camera.value } : {}),
      ...(failed ? { error: failed.reason as ParleyError } : {}),
    };
  }
}

/** Asks which screen, window or tab to share. Fails with `device.cancelled` when the person thought better of it. */
export async function captureScreen(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getDisplayMedia) {
    throw new ParleyError("device.unsupported", "this browser cannot share a screen");
  }
  try {
    return await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 15, max: 30 } },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
  } catch (error) {
    const cancelled = error instanceof DOMException && error.name === "NotAllowedError";
    throw cancelled
      ? new ParleyError("device.cancelled", "no screen was chosen", { cause: error })
      : deviceError(error);
  }
}

async function open(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new ParleyError("device.unsupported", "devices need a secure page (https, or localhost)");
  }
  try {
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (error) {
    throw deviceError(error);
  }
}

function firstTrack(stream: MediaStream, kind: string): MediaStreamTrack {
  const track = stream.getTracks().find((candidate) => candidate.kind === kind);
  if (!track) throw new ParleyError("device.missing", `no ${kind} track came`);
  return track;
}

/** The browser's many names of a device failure, as three that a person can act on. */
export function deviceError(error: unknown): ParleyError {
  const name = error instanceof DOMException ? error.name : "";
  const message = error instanceof Error ? error.message : String(error);
  if (name === "NotAllowedError" || name === "SecurityError") {
    return new ParleyError("device.blocked", message, { cause: error });
  }
  if (name === "NotFoundError" || name === "OverconstrainedError") {
    return new ParleyError("device.missing", message, { cause: error });
  }
  return new ParleyError("device.busy", message, { cause: error });
}

function microphoneConstraints(deviceId?: string): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
  };
}

function cameraConstraints(deviceId?: string): MediaTrackConstraints {
  return {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
    ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
  };
}
