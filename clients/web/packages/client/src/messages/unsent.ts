import type { AttachmentRecord } from "../rest/records";

/** A message that the server does not have yet, as it outlives the page. */
export interface KeptMessage {
  /** Its name, by which the server takes it once. */
  readonly id: string;
  readonly text: string;
  /** When it was written, ISO 8601. */
  readonly at: string;
  readonly replyTo?: number;
  readonly mentions?: readonly string[];
  /** Its files that are with the server. */
  readonly attachments?: readonly AttachmentRecord[];
  /** As many of its files were on their way. */
  readonly missing?: number;
  /** The code of why the server refused it. */
  readonly refused?: string;
}

/** Where messages that were not sent outlive the page. One writer per message: two tabs do not disturb each other. */
export interface Unsent {
  /** Those of a person in a conversation, the oldest first. */
  of(userId: string, conversationId: string): KeptMessage[];
  keep(userId: string, conversationId: string, message: KeptMessage): void;
  drop(userId: string, conversationId: string, id: string): void;
}

const PREFIX = "parley.unsent/";
/** The server knows the name of a message for 30 days: what is older could be sent twice. */
const KEPT_MILLIS = 28 * 86_400_000;

/** In the browser's local storage, an entry for each message: it is there at once, however the page ends. */
export class StoredUnsent implements Unsent {
  constructor(private readonly storage: Storage) {}

  of(userId: string, conversationId: string): KeptMessage[] {
    const found: KeptMessage[] = [];
    const here = keyOf(userId, conversationId, "");
    // What is over goes, whosever it is: a guest may never come back to the conversation.
    for (const key of this.keys(PREFIX)) {
      const message = readKept(this.storage.getItem(key));
      if (!message || Date.parse(message.at) < Date.now() - KEPT_MILLIS) this.storage.removeItem(key);
      else if (key.startsWith(here)) found.push(message);
    }
    return found.sort((one, other) => one.at.localeCompare(other.at));
  }

  keep(userId: string, conversationId: string, message: KeptMessage): void {
    try {
      this.storage.setItem(keyOf(userId, conversationId, message.id), JSON.stringify(message));
    } catch {
      // No room, or a private window: it is then kept while the page is open.
    }
  }

  drop(userId: string, conversationId: string, id: string): void {
    this.storage.removeItem(keyOf(userId, conversationId, id));
  }

  /** Forgets what was left unsent by anybody. */
  forget(): void {
    for (const key of this.keys(PREFIX)) this.storage.removeItem(key);
  }

  private keys(prefix: string): string[] {
    return Array.from({ length: this.storage.length }, (_, place) => this.storage.key(place) ?? "").filter(
      (key) => key.startsWith(prefix),
    );
  }
}

/** The one of this browser; undefined where there is none, or none that may be used. */
export function storedUnsent(): StoredUnsent | undefined {
  try {
    return globalThis.localStorage ? new StoredUnsent(globalThis.localStorage) : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets what was not sent from this browser, of whomever: for a person who signs out of it. */
export function forgetUnsent(): void {
  storedUnsent()?.forget();
}

const keyOf = (...parts: [userId: string, conversationId: string, id: string]): string =>
  PREFIX + parts.map(encodeURIComponent).join("/");

function readKept(text: string | null): KeptMessage | undefined {
  try {
    const read = JSON.parse(text ?? "") as Partial<KeptMessage> | null;
    const whole =
      typeof read?.id === "string" && typeof read.text === "string" && Date.parse(read.at ?? "") > 0;
    return whole ? (read as KeptMessage) : undefined;
  } catch {
    return undefined;
  }
}
