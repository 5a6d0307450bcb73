import type { Messages } from "../rest/messages";
import type { Ledger } from "./ledger";

/** What is read behind a message that is gone to. */
const BEHIND = 26;

/** Moves what is shown of one conversation: back, on again, to one message, to the end. */
export class Paging {
  private reading: Promise<void> | undefined;

  constructor(
    private readonly conversationId: string,
    private readonly api: Messages,
    private readonly ledger: Ledger,
    private readonly changed: () => void,
  ) {}

  earlier(): Promise<void> {
    return this.ledger.earlier ? this.read({ before: this.ledger.shown.first }) : Promise.resolve();
  }

  later(): Promise<void> {
    return this.ledger.later ? this.read({ after: this.ledger.shown.last }) : Promise.resolve();
  }

  /** Shows the message of this number and those around it. */
  async show(seq: number): Promise<void> {
    const { first, last } = this.ledger.shown;
    if (seq >= first && seq <= last) return;
    this.ledger.place(await this.api.history(this.conversationId, { before: seq + BEHIND }));
    this.changed();
  }

  async showEnd(): Promise<void> {
    if (!this.ledger.placeEnd()) this.ledger.place(await this.api.history(this.conversationId));
    this.changed();
  }

  private async read(where: { before?: number; after?: number }): Promise<void> {
    this.reading ??= this.api
      .history(this.conversationId, where)
      .then((page) => {
        for (const message of page.list) this.ledger.keep(message);
        this.changed();
      })
      .finally(() => (this.reading = undefined));
    await this.reading;
  }
}
