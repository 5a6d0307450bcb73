import { readMessage, type ChannelMessage, type RosterEntry, type WantedSlot } from "../media/messages";
import type { MediaOffer, Role, Source } from "../rest/records";
import type { MockMedia } from "./meetings";
import { mockScreenTrack, MockPerson } from "./person";

/**
 * A media node inside the page: it answers the offer with a real peer connection, sends drawn people on the slots that
 * are asked for, and speaks the data-channel protocol.
 */
export class MockNode implements MockMedia {
  private readonly persons: MockPerson[];
  private readonly screens = new Map<string, MediaStreamTrack>();
  private self: RosterEntry | undefined;
  private pc: RTCPeerConnection | undefined;
  private channel: RTCDataChannel | undefined;
  private videoSlots: RTCRtpSender[] = [];
  private wanted: WantedSlot[] = [];
  private rev = 0;
  private wantRev = 0;
  private talker = 0;

  constructor(names: readonly string[]) {
    this.persons = names.map((name, index) => new MockPerson(name, index, index % 4 !== 3));
    setInterval(() => this.speak(), 2_500);
  }

  people() {
    return this.roster().map(({ participant, user, name }) => ({ participant, user, name }));
  }

  async answer(offer: MediaOffer, participant: { id: string; user: string; name: string }): Promise<string> {
    this.pc?.close();
    this.self = {
      participant: participant.id,
      user: participant.user,
      name: participant.name,
      role: participant.user.startsWith("g_") ? "guest" : "host",
      csrc: 1,
      sources: offer.tracks.map(({ source }) => ({ source, muted: true })),
      hand: false,
      connection: "good",
    };
    const pc = (this.pc = new RTCPeerConnection());
    await pc.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    const sending = new Set(offer.tracks.map(({ mid }) => mid));
    const slots = pc.getTransceivers().filter((transceiver) => !sending.has(transceiver.mid ?? ""));
    for (const slot of slots) slot.direction = "sendonly";
    this.videoSlots = slots.filter((slot) => slot.receiver.track.kind === "video").map((slot) => slot.sender);
    this.openChannels(pc);
    await pc.setLocalDescription(await pc.createAnswer());
    await new Promise<void>((resolve) => {
      const check = () => {
        if (pc.iceGatheringState === "complete") resolve();
      };
      pc.onicegatheringstatechange = check;
      check();
    });
    return pc.localDescription!.sdp;
  }

  act(act: "kick" | "mute" | "mute-all" | "end", user?: string): void {
    if (act === "end") return this.say({ t: "end", reason: "ended" });
    const person = this.persons.find((candidate) => candidate.entry.user === user);
    if (!person) {
      if (act === "kick") this.say({ t: "end", reason: "kicked" });
      return;
    }
    if (act === "kick") {
      this.persons.splice(this.persons.indexOf(person), 1);
      this.delta({ remove: [person.entry.participant] });
    } else this.change(person.entry, "microphone", true);
  }

  /** A host gives somebody a role. */
  role(user: string, role: Role): void {
    const entry = this.roster().find((candidate) => candidate.user === user);
    if (!entry) return;
    entry.role = role;
    if (role === "host" && this.self && entry !== this.self) this.self.role = "co-host";
    this.delta({ change: this.self && entry !== this.self ? [entry, this.self] : [entry] });
  }

  tell(message: ChannelMessage): void {
    this.say(message);
  }

  /** Somebody begins to share a screen. */
  shareScreen(index: number): void {
    const person = this.persons[index];
    if (!person) return;
    this.screens.set(person.entry.participant, mockScreenTrack());
    this.change(person.entry, "screen", false);
  }

  raiseHand(index: number): void {
    const entry = this.persons[index]?.entry;
    if (!entry) return;
    entry.hand = true;
    this.delta({ change: [entry] });
  }

  private openChannels(pc: RTCPeerConnection): void {
    const channel = pc.createDataChannel("parley", { negotiated: true, id: 0 });
    pc.createDataChannel("parley-lossy", { negotiated: true, id: 1, ordered: false, maxRetransmits: 0 });
    this.channel = channel;
    channel.onopen = () =>
      this.say({ t: "roster", rev: ++this.rev, full: true, participants: this.roster() });
    channel.onmessage = (event) => {
      const message = readMessage(event.data);
      if (message) this.hear(message);
    };
  }

  private hear(message: ChannelMessage): void {
    if (message.t === "want") {
      this.wanted = message.slots;
      this.wantRev = message.rev;
      this.fill();
    } else if (message.t === "mute" && this.self) this.change(this.self, message.source, message.muted);
    else if (message.t === "act" && this.self) {
      if (message.act === "hand" || message.act === "lower") {
        this.self.hand = message.act === "hand";
        this.delta({ change: [this.self] });
      }
    }
  }

  private fill(): void {
    const slots = this.videoSlots.map((sender, slot) => {
      const want = this.wanted.find((candidate) => candidate.slot === slot);
      const track = want ? this.trackOf(want.participant, want.source) : undefined;
      void sender.replaceTrack(track ?? null);
      if (!want) return { slot, state: "empty" as const };
      const { participant, source } = want;
      return track
        ? { slot, participant, source, state: "live" as const, layer: want.width > 600 ? "f" : "h" }
        : { slot, participant, source, state: "paused" as const, why: "publisher" as const };
    });
    this.say({ t: "slots", rev: this.wantRev, slots });
  }

  private trackOf(participant: string, source: Source): MediaStreamTrack | undefined {
    if (source === "screen") return this.screens.get(participant);
    const person = this.persons.find((candidate) => candidate.entry.participant === participant);
    const camera = person?.entry.sources.find((candidate) => candidate.source === "camera");
    return camera && !camera.muted ? person?.track : undefined;
  }

  private speak(): void {
    const talking = this.persons.filter((person) => !person.entry.sources[0]?.muted);
    const person = talking[this.talker++ % Math.max(1, talking.length)];
    if (!person) return;
    this.say({
      t: "voices",
      voices: [{ slot: 0, participant: person.entry.participant, level: 24, speaking: true }],
    });
  }

  private change(entry: RosterEntry, source: Source, muted: boolean): void {
    const state = entry.sources.find((candidate) => candidate.source === source);
    if (state) state.muted = muted;
    this.delta({ change: [entry] });
    this.fill();
  }

  private delta(delta: { change?: RosterEntry[]; remove?: string[] }): void {
    this.say({ t: "roster", rev: ++this.rev, full: false, ...delta });
  }

  private roster(): RosterEntry[] {
    return [...(this.self ? [this.self] : []), ...this.persons.map((person) => person.entry)];
  }

  private say(message: ChannelMessage): void {
    if (this.channel?.readyState === "open") this.channel.send(JSON.stringify(message));
  }
}
