/**
 * Whether media comes in at a receiver: frames and sound that were decoded, not packets. Each {@link moved} compares with the one before,
 * so clocks need not agree.
 */
export class Arrivals {
  private readonly newest = new Map<RTCRtpReceiver, number>();

  /**
   * Whether something came since this was asked last; false when it is asked first.
   *
   * @param csrc counts only what carries this participant's number; anything without it
   */
  moved(receiver: RTCRtpReceiver, csrc?: number): boolean {
    const source = newestOf(receiver, csrc);
    const before = this.newest.get(receiver);
    const now = source?.timestamp ?? 0;
    this.newest.set(receiver, now);
    return before !== undefined && now > before;
  }
}

/** Whose sound or picture came last, of one participant or of whoever it was. */
function newestOf(receiver: RTCRtpReceiver, csrc?: number): RTCRtpContributingSource | undefined {
  const sources =
    csrc === undefined
      ? receiver.getSynchronizationSources()
      : receiver.getContributingSources().filter(({ source }) => source === csrc);
  return sources.reduce<RTCRtpContributingSource | undefined>(
    (a, b) => (a && a.timestamp >= b.timestamp ? a : b),
    undefined,
  );
}

/** The number of the participant who was heard or seen last in a slot. */
export function ownerOf(receiver: RTCRtpReceiver): number | undefined {
  const sources = receiver.getContributingSources();
  return sources.length === 0
    ? undefined
    : sources.reduce((a, b) => (b.timestamp > a.timestamp ? b : a)).source;
}
