import type { PollDraft, PollRecord } from "../rest/records";
import type { Call } from "./call";
import { Refusal } from "./refusal";

export type MockPoll = PollDraft & {
  id: string;
  closed: boolean;
  created_at: string;
  ballots: Map<string, number[]>;
};

/** Polls in memory, those of all meetings together. */
export class MockPolls {
  readonly all: MockPoll[] = [];

  constructor(private readonly next: () => number) {}

  answer(call: Call, user: string, id: string | undefined, act: string | undefined): unknown {
    if (!id && call.method === "GET") return this.all.map((poll) => shown(poll, user));
    if (!id) {
      const draft = call.body as unknown as PollDraft;
      const created_at = new Date().toISOString();
      const poll = { ...draft, id: `q_${this.next()}`, closed: false, created_at, ballots: new Map() };
      this.all.push(poll);
      return shown(poll, user);
    }
    const poll = this.all.find((one) => one.id === id);
    if (!poll) throw new Refusal(404, "poll.not_found");
    if (act === "vote" && poll.closed) throw new Refusal(409, "poll.closed");
    if (act === "vote") poll.ballots.set(user, call.body["choices"] as number[]);
    if (act === "close") poll.closed = true;
    return shown(poll, user);
  }
}

function shown(poll: MockPoll, user: string): PollRecord {
  const { ballots, ...rest } = poll;
  const count = (option: number) => [...ballots.values()].filter((one) => one.includes(option)).length;
  return {
    ...rest,
    multiple: Boolean(poll.multiple),
    anonymous: poll.anonymous !== false,
    show_results: Boolean(poll.show_results),
    mine: ballots.get(user) ?? [],
    votes: ballots.size,
    ...(poll.closed || poll.show_results
      ? { results: poll.options.map((_, option) => ({ count: count(option) })) }
      : {}),
  };
}
