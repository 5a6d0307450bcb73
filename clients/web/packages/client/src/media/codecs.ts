/** A codec as `RTCRtpReceiver.getCapabilities` lists it. */
export interface Codec {
  mimeType: string;
  clockRate: number;
  channels?: number;
  sdpFmtpLine?: string;
}

/**
 * Restricts an m-line to what the meeting speaks: the wanted codecs in the wanted order, the first profile of each,
 * then RTX. An unpruned offer is three times as large and takes seconds to build.
 */
export function pruneCodecs<C extends Codec>(available: readonly C[], wanted: readonly string[]): C[] {
  const chosen: C[] = [];
  for (const mime of wanted) {
    const first = available.find((codec) => codec.mimeType.toLowerCase() === mime.toLowerCase());
    if (first) chosen.push(first);
  }
  const video = chosen.some((codec) => codec.mimeType.toLowerCase().startsWith("video/"));
  const rtx = available.find((codec) => codec.mimeType.toLowerCase() === "video/rtx");
  if (video && rtx) chosen.push(rtx);
  return chosen;
}

/** The wanted codecs of one kind: `codecsOf(["audio/opus", "video/VP8"], "video")` is `["video/VP8"]`. */
export function codecsOf(codecs: readonly string[], kind: "audio" | "video"): string[] {
  return codecs.filter((mime) => mime.toLowerCase().startsWith(`${kind}/`));
}
