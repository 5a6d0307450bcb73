import type { Participant, Source } from "@parley/client";
import { cornerBox, gridCapacity, gridLayout, spotlightLayout, type Box } from "./layout";

export interface TileSpec {
  key: string;
  participant: Participant;
  source: Extract<Source, "camera" | "screen">;
}

export interface PlacedTile extends TileSpec {
  box: Box;
  /** Shown large: served first when bandwidth is short. */
  stage: boolean;
  /** Lies over another tile. */
  floating: boolean;
}

export interface Arrangement {
  tiles: PlacedTile[];
  /** People for whom there was no room. */
  hidden: number;
}

export interface ArrangeOptions {
  layout: "grid" | "speaker";
  pinned: string | undefined;
  /** Last speaker, for the speaker layout. */
  speaker: string | undefined;
  /** When each participant last spoke, ms. */
  spokeAt: ReadonlyMap<string, number>;
  width: number;
  height: number;
  /** Receive slots there are for remote pictures. */
  slots: number;
}

/** Decides who is on the stage, where and how large. */
export function arrange(participants: readonly Participant[], options: ArrangeOptions): Arrangement {
  const { width, height } = options;
  const screens = participants.filter((participant) => participant.screen).map((p) => spec(p, "screen"));
  const self = participants.find((participant) => participant.self);
  const others = participants.filter((participant) => !participant.self).sort(byPresence(options.spokeAt));
  const people = [...others.map((p) => spec(p, "camera")), ...(self ? [spec(self, "camera")] : [])];
  const all = [...screens, ...people];
  const remoteScreens = screens.filter((screen) => !screen.participant.self);

  const pinned = all.find((tile) => tile.key === options.pinned);
  const speaking = people.find((tile) => tile.participant.id === options.speaker);
  const main =
    pinned ??
    remoteScreens[0] ??
    screens[0] ??
    (options.layout === "speaker" ? (speaking ?? people[0]) : undefined);

  if (!main && others.length === 1 && self) {
    const [other, own] = people as [TileSpec, TileSpec];
    return {
      tiles: [
        { ...other, box: { x: 0, y: 0, width, height }, stage: true, floating: false },
        { ...own, box: cornerBox(width, height), stage: false, floating: true },
      ],
      hidden: 0,
    };
  }
  if (main) {
    const rest = all.filter((tile) => tile.key !== main.key);
    const placed = spotlightLayout(rest.length, width, height);
    const shown = withSelf(rest, placed.strip.length);
    return {
      tiles: [
        { ...main, box: placed.main, stage: true, floating: false },
        ...shown.map((tile, index) => ({
          ...tile,
          box: placed.strip[index]!,
          stage: false,
          floating: false,
        })),
      ],
      hidden: rest.length - shown.length,
    };
  }
  const room = Math.min(gridCapacity(width, height), options.slots + 1);
  const shown = withSelf(people, room);
  const boxes = gridLayout(shown.length, width, height);
  return {
    tiles: shown.map((tile, index) => ({
      ...tile,
      box: boxes[index]!,
      stage: shown.length <= 2,
      floating: false,
    })),
    hidden: people.length - shown.length,
  };
}

/** The first `room` tiles and the person's own, which comes last; nobody who stays in sight changes places. */
function withSelf(tiles: TileSpec[], room: number): TileSpec[] {
  const own = tiles.find((tile) => tile.participant.self && tile.source === "camera");
  const keepsOwn = own !== undefined && (room > 1 || tiles.length === 1);
  const others = tiles.filter((tile) => tile !== own).slice(0, keepsOwn ? room - 1 : room);
  return [...others.sort(byArrival), ...(keepsOwn ? [own] : [])];
}

/** Screens first, then people in the order they came. */
const byArrival = (a: TileSpec, b: TileSpec) =>
  Number(b.source === "screen") - Number(a.source === "screen") || a.participant.csrc - b.participant.csrc;

const spec = (participant: Participant, source: TileSpec["source"]): TileSpec => ({
  key: `${participant.id}/${source}`,
  participant,
  source,
});

/** Hands first, then recent speakers of the last half minute, then those with a camera; names decide the rest. */
function byPresence(spokeAt: ReadonlyMap<string, number>) {
  const bucket = (participant: Participant) => Math.floor((spokeAt.get(participant.id) ?? 0) / 30_000);
  return (a: Participant, b: Participant) =>
    Number(b.hand) - Number(a.hand) ||
    bucket(b) - bucket(a) ||
    Number(b.camera) - Number(a.camera) ||
    a.csrc - b.csrc;
}
