import { Emitter } from "../emitter";
import { ParleyError } from "../errors";
import type { ActMessage, ChannelMessage, Voice } from "../media/messages";
import { MediaLink, type LinkState } from "../media/link";
import { Playback } from "../media/playback";
import { Publishing } from "../media/publishing";
import { WaysMeter, type MediaPath, type Quality } from "../media/quality";
import type { MediaSession } from "../media/session";
import type { Pair } from "../pair/pair";
import type { Meetings } from "../rest/meetings";
import type { Messages } from "../rest/messages";
import type { JoinReply, Role, Source } from "../rest/records";
import { SignalingSocket, type SocketState } from "../signaling/socket";
import { Breakouts } from "./breakouts";
import { Chat } from "./chat";
import { Host } from "./host";
import { Polls } from "./polls";
import { may, type Capability } from "./roles";
import { Roster, type Participant } from "./roster";
import type { View } from "./view";
import { Views } from "./views";

/** Media and signaling stand and fall separately: with `signaling` away people are still heard, chat waits. */
export interface Connection {
  media: LinkState;
  signaling: SocketState;
  /** Which way what two people say and show goes: through the media node, or directly from one to the other. */
  path: MediaPath;
}

export interface EndOfMeeting {
  reason: "left" | "kicked" | "ended" | "replaced" | "failed";
  /** Participant who did it. */
  by?: string;
  error?: ParleyError;
}

export interface MeetingEvents {
  /** {@link Meeting.participants} changed in any way. */
  participants: readonly Participant[];
  /** Somebody came. */
  participant: Participant;
  "participant-left": Participant;
  /** The loudest speaker, undefined when all are silent. */
  speaker: Participant | undefined;
  voices: readonly Voice[];
  connection: Connection;
  /** The person's own microphone, camera or screen was switched. */
  local: { source: Source; track: MediaStreamTrack | undefined; muted: boolean };
  /** A host switched one of the person's own sources off, or (muted: false) asks to switch it on. */
  muted: { source: Source; muted: boolean; by?: string };
  act: ActMessage;
  /** This person is in another room, where other things are said. */
  chat: Chat;
  quality: Quality;
  /** The browser wants a click before it plays sound. */
  "playback-blocked": boolean;
  end: EndOfMeeting;
}

/** Numbers for tests and support. */
export interface Diagnostics {
  /** With the node, and with another person. */
  readonly exchanges: number;
  readonly negotiationNeeded: number;
  readonly setRemoteDescription: number;
  readonly offerBytes: number;
  readonly offerMillis: number;
  readonly nodeId: string | undefined;
  readonly session: MediaSession | undefined;
  /** The connection with another person, if there is one. */
  readonly pair: RTCPeerConnection | undefined;
  /** What this person can hear now. */
  readonly audible: readonly MediaStreamTrack[];
  readonly socket: SignalingSocket;
}

export interface MeetingParts {
  join: JoinReply;
  meetings: Meetings;
  rejoin: () => Promise<JoinReply>;
  messages: Messages;
  userName: string;
  /** The account or the guest who joins, where it is known before the roster says it. */
  userId?: string;
  prepared?: (join: JoinReply) => MediaSession | undefined;
  WebSocket?: new (url: string, protocols: string[]) => WebSocket;
}

const QUALITY_MILLIS = 3_000;

/** One meeting, from joining to leaving. Made by {@link Parley.join}. */
export class Meeting extends Emitter<MeetingEvents> {
  readonly id: string;
  readonly participantId: string;
  readonly title: string;
  readonly hostId: string;
  /** By breakout room; the main room's is under "". */
  private readonly chats = new Map<string, Chat>();
  /** What a host may do; calls fail with 403 for others. */
  readonly host: Host;
  readonly polls: Polls;
  readonly breakouts: Breakouts;
  private readonly roster: Roster;
  private readonly views: Views;
  private readonly publishing: Publishing;
  private readonly playback = new Playback();
  private readonly link: MediaLink;
  private readonly socket: SignalingSocket;
  private readonly meter = new WaysMeter({
    node: () => (this.link.session?.connected ? this.link.session : undefined),
    pair: () => this.pair?.measured,
    direct: () => this.pair?.direct ?? false,
  });
  private pair: Pair | undefined;
  private gathered = false;
  private iceServers: RTCIceServer[];
  private ticket: { url: string; ticket: string } | undefined;
  private measuring: ReturnType<typeof setInterval> | undefined;
  private loudest: string | undefined;
  private over = false;

  constructor(private readonly parts: MeetingParts) {
    super();
    const { join, meetings } = parts;
    this.id = join.meeting_id;
    this.participantId = join.participant_id;
    this.title = join.meeting.title;
    this.hostId = join.meeting.host_id;
    this.iceServers = join.ice_servers ?? [];
    this.roster = new Roster(join.participant_id);
    this.publishing = new Publishing((message) => this.link.send(message));
    this.link = new MediaLink({
      rejoin: parts.rejoin,
      exchange: (offer, signal) => meetings.exchangeMedia(this.id, offer, signal),
      ...(parts.prepared ? { prepared: parts.prepared } : {}),
    });
    this.views = new Views({
      selfId: join.participant_id,
      send: (message) => this.link.send(message),
      localTrack: (source) => this.publishing.track(source),
      csrcOf: (participant) => this.roster.get(participant)?.csrc,
      besides: (participant, source) => this.pair?.track(participant, source),
    });
    this.ticket = { url: join.ws_url, ticket: join.ws_ticket };
    this.socket = new SignalingSocket({
      room: join.room_id,
      ticket: () => this.nextTicket(),
      ...(parts.WebSocket ? { WebSocket: parts.WebSocket } : {}),
    });
    this.host = new Host(meetings, this.id, join.meeting.locked);
    this.polls = new Polls(meetings, this.id, (topic, data) => this.broadcast(topic, data));
    this.breakouts = new Breakouts(meetings, this.id);
    this.chatOf("");
    this.wire();
  }

  /** What is written in the room that this person is in: the main one, or a breakout. The event `chat` tells when it is another. */
  get chat(): Chat {
    return this.chatOf(this.breakouts.state.room?.id ?? "");
  }

  private chatOf(breakout: string): Chat {
    let chat = this.chats.get(breakout);
    if (!chat) {
      const { join, messages } = this.parts;
      const self = {
        userId: () => this.self?.userId ?? this.parts.userId ?? "",
        name: () => this.self?.name ?? this.parts.userName,
      };
      chat = new Chat(this.socket, join.room_id, messages, self, undefined, breakout || undefined);
      this.chats.set(breakout, chat);
    }
    return chat;
  }

  get participants(): readonly Participant[] {
    return this.roster.all;
  }

  /** What this person is in the meeting now; hosts may change it. */
  get role(): Role {
    return this.self?.role ?? this.parts.join.role;
  }

  /** Whether this person's role allows it now. */
  may(capability: Capability): boolean {
    return may(this.role, capability);
  }

  get self(): Participant | undefined {
    return this.roster.get(this.participantId);
  }

  get connection(): Connection {
    const path = this.pair?.direct ? "direct" : "node";
    return { media: this.link.state, signaling: this.socket.state, path };
  }

  get diagnostics(): Diagnostics {
    const counters = this.link.session?.counters;
    return {
      exchanges: this.link.exchanges + (this.pair?.exchanges ?? 0),
      negotiationNeeded: counters?.negotiationNeeded ?? 0,
      setRemoteDescription: counters?.setRemoteDescription ?? 0,
      offerBytes: counters?.offerBytes ?? 0,
      offerMillis: counters?.offerMillis ?? 0,
      nodeId: this.link.nodeId,
      session: this.link.session,
      pair: this.pair?.pc,
      audible: this.playback.audible,
      socket: this.socket,
    };
  }

  /** Connects: used by {@link Parley.join}. Tracks given here are published from the first packet. */
  async start(tracks: Partial<Record<Source, MediaStreamTrack>>): Promise<void> {
    for (const [source, track] of Object.entries(tracks)) {
      if (track) await this.publishing.put(source as Source, track);
    }
    this.socket.open();
    if (this.parts.join.meeting.settings?.peer_to_peer) void this.allowPair().catch(() => undefined);
    try {
      await this.link.start(this.parts.join);
    } catch (error) {
      this.finish({ reason: "failed" });
      throw error;
    }
    this.measuring = setInterval(() => void this.measure(), QUALITY_MILLIS);
  }

  /** Shows somebody's picture in a video element: subscription and layer follow the element's size. */
  view(
    element: HTMLVideoElement,
    participant: Participant | string,
    source: Source = "camera",
    options: { stage?: boolean } = {},
  ): View {
    const id = typeof participant === "string" ? participant : participant.id;
    return this.views.open(element, id, source, options.stage ?? false);
  }

  /** The person's own track of a source, if there is one. */
  localTrack(source: Source): MediaStreamTrack | undefined {
    return this.publishing.track(source);
  }

  isMuted(source: Source): boolean {
    return this.publishing.muted(source);
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.publishing.setMicrophone(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.publishing.setCamera(on);
  }

  /** Shares a screen. With no argument the browser asks which. */
  share(stream?: MediaStream): Promise<void> {
    return this.publishing.share(stream);
  }

  stopSharing(): Promise<void> {
    return this.publishing.stopSharing();
  }

  /** Uses this device when the source is switched on next time. */
  preferDevice(source: "microphone" | "camera", deviceId: string): void {
    if (source === "microphone") this.publishing.microphoneId = deviceId;
    else this.publishing.cameraId = deviceId;
  }

  useDevice(source: "microphone" | "camera", deviceId: string | undefined): Promise<void> {
    return this.publishing.useDevice(source, deviceId);
  }

  useSpeaker(deviceId: string): Promise<void> {
    return this.playback.useSpeaker(deviceId);
  }

  /** Plays sound after the browser blocked it; call it from a click. */
  resumePlayback(): void {
    this.playback.resume();
  }

  raiseHand(up: boolean): void {
    this.link.send({ t: "act", act: up ? "hand" : "lower" });
    if (this.roster.patchSelf({ hand: up })) this.emit("participants", this.participants);
  }

  /** Lowers the hands of others; for hosts. */
  lowerHands(participants: readonly string[]): void {
    this.link.send({ t: "act", act: "lower", to: [...participants] });
  }

  react(reaction: string): void {
    this.link.send({ t: "act", act: "reaction", reaction });
    this.emit("act", { t: "act", act: "reaction", reaction, from: this.participantId });
  }

  /** An app's own message to all, or to some participants. */
  broadcast(topic: string, data: unknown, to?: string[]): void {
    this.link.send({ t: "act", act: "message", topic, data, ...(to ? { to } : {}) });
  }

  /** Leaves; tells the server without waiting longer than a moment. */
  async leave(): Promise<void> {
    if (this.over) return;
    const sessionId = this.link.sessionId;
    this.finish({ reason: "left" });
    const tell = [this.parts.meetings.leave(this.id)];
    if (sessionId) tell.push(this.parts.meetings.endMedia(this.id, sessionId));
    await Promise.race([Promise.allSettled(tell), new Promise((resolve) => setTimeout(resolve, 800))]);
  }

  /** Two people may connect directly; without what is loaded here they stay with the node. */
  private async allowPair(): Promise<void> {
    const { Pair } = await import("../pair/pair");
    if (this.over) return;
    const { join } = this.parts;
    this.pair = new Pair({
      selfId: this.participantId,
      roomId: join.room_id,
      codecs: join.codecs,
      iceServers: () => this.iceServers,
      roster: this.roster,
      socket: this.socket,
      publishing: this.publishing,
      playback: this.playback,
      views: this.views,
      audioSlots: () => this.link.session?.audioSlots ?? [],
      connected: () => this.link.state === "connected",
      voices: (voices) => this.noteVoices(voices),
    });
    this.pair.on("direct", () => {
      void this.meter.changed();
      this.emit("connection", this.connection);
    });
    this.pair.gather(this.gathered);
  }

  private wire(): void {
    this.breakouts.on("moved", () => {
      void this.chat.resume();
      this.emit("chat", this.chat);
    });
    this.link.on("session", (session) => {
      void this.publishing.bind(session);
      this.playback.bind(session);
      this.views.bind(session);
      this.gathered = false;
      this.pair?.renewed();
    });
    this.link.on("state", (state) => {
      if (state === "connected") {
        this.publishing.announce();
        this.views.announce();
        void this.meter.changed();
      }
      this.pair?.consider();
      this.emit("connection", this.connection);
    });
    this.link.on("message", (message) => this.receive(message));
    this.link.on("failed", (error) => {
      const banned = error.code === "meeting.banned" || error.code === "media.not_admitted";
      const ended = error.code === "meeting.ended" || error.code === "meeting.not_found";
      this.finish({ reason: banned ? "kicked" : ended ? "ended" : "failed", error });
    });
    this.socket.on("state", () => {
      this.pair?.consider();
      this.emit("connection", this.connection);
    });
    this.socket.on("frame", (frame) => {
      if (frame.type === "room-info" && frame.locked !== undefined) this.host.noteLocked(frame.locked);
      if (frame.type === "room-info" && frame.ice_servers) this.iceServers = frame.ice_servers;
      if (frame.type === "lobby") this.host.noteLobby();
      if (frame.type === "offer" || frame.type === "answer" || frame.type === "candidate")
        this.pair?.hear(frame);
      if (frame.type === "meeting") {
        if (frame.what === "kick" && frame.user_id) this.pair?.removed(frame.user_id);
        if (frame.what === "lock" || frame.what === "unlock") this.host.noteLocked(frame.what === "lock");
        this.polls.note(frame.what);
        this.breakouts.noteNews(frame.what);
      }
    });
    this.publishing.on("local", (change) => {
      const on = !change.muted;
      if (change.source === "microphone") this.roster.patchSelf({ microphone: on });
      if (change.source === "camera") this.roster.patchSelf({ camera: on });
      if (change.source === "screen") this.roster.patchSelf({ screen: on });
      this.views.localChanged(change.source);
      this.emit("local", change);
      this.emit("participants", this.participants);
    });
    this.playback.on("blocked", (blocked) => this.emit("playback-blocked", blocked));
  }

  private receive(message: ChannelMessage): void {
    switch (message.t) {
      case "roster":
        return this.noteRoster(message);
      case "slots":
        return this.views.apply(message.slots);
      case "voices":
        return this.pair?.hearsAlone ? undefined : this.noteVoices(message.voices);
      case "gather":
        this.gathered = message.on;
        return this.pair?.gather(message.on);
      case "muted":
        return void this.noteMuted(message);
      case "layers":
        for (const { source, rids } of message.tracks)
          void this.link.session?.activateLayers(source, rids ?? []);
        return;
      case "act":
        this.polls.note(message.topic);
        return this.emit("act", message);
      case "breakouts":
      case "announce":
        return this.breakouts.note(message);
      case "move":
        return this.link.renew();
      case "end":
        if (message.reason === "moved") return this.link.renew();
        return this.finish({ reason: message.reason, ...(message.by ? { by: message.by } : {}) });
    }
  }

  private noteRoster(message: ChannelMessage & { t: "roster" }): void {
    const firstTime = this.self === undefined;
    const change = this.roster.apply(message);
    if (firstTime) {
      this.roster.patchSelf({
        microphone: !this.isMuted("microphone"),
        camera: !this.isMuted("camera"),
        screen: !this.isMuted("screen"),
      });
      for (const chat of this.chats.values()) chat.identify();
    }
    for (const participant of change.joined) if (!participant.self) this.emit("participant", participant);
    for (const participant of change.left) this.emit("participant-left", participant);
    this.pair?.consider();
    this.emit("participants", this.participants);
  }

  private noteVoices(voices: readonly Voice[]): void {
    const changed = this.roster.hear(voices);
    const loudest = voices
      .filter((voice) => voice.speaking && voice.participant !== this.participantId)
      .sort((a, b) => a.level - b.level)[0]?.participant;
    this.emit("voices", voices);
    if (loudest !== this.loudest) {
      this.loudest = loudest;
      this.emit("speaker", loudest ? this.roster.get(loudest) : undefined);
    }
    if (changed.length > 0) this.emit("participants", this.participants);
  }

  private async noteMuted(message: ChannelMessage & { t: "muted" }): Promise<void> {
    if (message.muted) {
      if (message.source === "microphone") await this.setMicrophone(false);
      else if (message.source === "camera") await this.setCamera(false);
      else await this.stopSharing();
    }
    const { source, muted, by } = message;
    this.emit("muted", { source, muted, ...(by ? { by } : {}) });
  }

  private async nextTicket(): Promise<{ url: string; ticket: string }> {
    const first = this.ticket;
    this.ticket = undefined;
    if (first) return first;
    const reply = await this.parts.meetings.socketTicket(this.id);
    return { url: reply.ws_url ?? this.parts.join.ws_url, ticket: reply.ticket };
  }

  private async measure(): Promise<void> {
    const quality = await this.meter.read();
    if (!quality || this.over) return;
    this.emit("quality", quality);
    this.link.send({
      t: "quality",
      up: quality.upBps,
      down: quality.downBps,
      loss: quality.loss,
      ...(quality.rttMillis === undefined ? {} : { rtt: quality.rttMillis }),
      slots: quality.slots,
      path: quality.path,
      up_loss: quality.upLoss,
      down_loss: quality.downLoss,
    });
  }

  private finish(end: EndOfMeeting): void {
    if (this.over) return;
    this.over = true;
    clearInterval(this.measuring);
    this.pair?.close();
    this.views.close();
    this.playback.close();
    this.publishing.close();
    for (const chat of this.chats.values()) chat.close();
    this.socket.close();
    this.link.close();
    this.emit("end", end);
    this.removeAllListeners();
  }
}
