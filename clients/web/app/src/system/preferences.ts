import type { Language } from "../i18n";

/** What this browser remembers. No secret is among it: tokens live in memory and in an HttpOnly cookie. */
interface Stored {
  language: Language;
  displayName: string;
  microphone: string;
  camera: string;
  speaker: string;
  startMuted: boolean;
  startCameraOff: boolean;
  /** By which a guest is the same guest again. */
  guestKey: string;
  /** Whether a refresh cookie may exist, so that guests cause no useless call. */
  signedIn: boolean;
  /** Under which id this browser is told what is pushed, and when that was last made sure of. */
  browser: { id: string; at: number } | undefined;
}

const KEY = "parley.preferences";

function read(): Partial<Stored> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Stored>;
  } catch {
    return {};
  }
}

export const preferences = {
  get language() {
    return read().language;
  },
  get all(): Partial<Stored> {
    return read();
  },
  remember(patch: Partial<Stored>): void {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...read(), ...patch }));
    } catch {
      // Private windows may refuse storage; the choice then lasts until the page is closed.
    }
  },
};
