import type { Conversations, Found } from "./messages/conversations";
import type { FoundFileRecord } from "./rest/file-records";
import type { Http } from "./rest/http";
import { questionOf, type SearchOptions } from "./rest/messages";
import type { MeetingRecord } from "./rest/records";

/** A part of what was found, the newest first. */
export interface FoundPart<T> {
  readonly found: readonly T[];
  /** What asks for the next part; absent where there is none. */
  readonly cursor?: string;
}

interface Reply<T> {
  list: T[];
  more: boolean;
  cursor?: string;
}

/**
 * Looks for things by their words, each kind by itself: messages are there at once where a database has to wake for files and meetings.
 * Nobody finds what they may not read. Made by {@link Parley.search}.
 */
export class Search {
  constructor(
    private readonly http: Http,
    private readonly conversations: Conversations,
  ) {}

  /** Messages that have all the words, and files they carry. */
  async messages(question: string, options: SearchOptions = {}): Promise<FoundPart<Found>> {
    const reply = await this.conversations.search(question, options);
    return { found: reply.found, ...(reply.cursor ? { cursor: reply.cursor } : {}) };
  }

  /** Files by their names and by who sent them. */
  files(question: string, options: SearchOptions = {}): Promise<FoundPart<FoundFileRecord>> {
    return this.ask("files", question, options);
  }

  /** Meetings that this person hosts or was in, by title, description, host and code. */
  meetings(question: string, options: SearchOptions = {}): Promise<FoundPart<MeetingRecord>> {
    return this.ask("meetings", question, options);
  }

  private async ask<T>(kind: string, question: string, options: SearchOptions): Promise<FoundPart<T>> {
    const { list, cursor } = await this.http.call<Reply<T>>(
      "GET",
      `/search/${kind}?${questionOf(question, options)}`,
      options.signal ? { signal: options.signal } : {},
    );
    return { found: list, ...(cursor ? { cursor } : {}) };
  }
}
