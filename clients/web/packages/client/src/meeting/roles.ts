import type { Role } from "../rest/records";

/** Something that a role may allow; the server's own table decides, this one only says what is worth showing. */
export type Capability =
  | "end"
  | "appoint"
  | "change-roles"
  | "moderate"
  | "admit"
  | "lock"
  | "invite"
  | "poll"
  | "breakouts"
  | "speak"
  | "show-video"
  | "share-screen"
  | "chat";

const TAKES_PART: readonly Capability[] = ["speak", "show-video", "share-screen", "chat"];
const HELPS: readonly Capability[] = [
  ...TAKES_PART,
  "change-roles",
  "moderate",
  "admit",
  "lock",
  "invite",
  "poll",
  "breakouts",
];
const TABLE: Record<Role, readonly Capability[]> = {
  host: [...HELPS, "end", "appoint"],
  "co-host": HELPS,
  presenter: TAKES_PART,
  participant: TAKES_PART,
  guest: TAKES_PART,
  viewer: [],
};

export const may = (role: Role, capability: Capability): boolean =>
  (TABLE[role] ?? TAKES_PART).includes(capability);
