import type { MediaPath } from "../media/quality";
import type { Http } from "./http";

/** How many pictures somebody was sent in each layer: of three, of sources that have but one, and wanted but withheld. */
export interface QualityLayers {
  q: number;
  h: number;
  f: number;
  single: number;
  held: number;
}

/**
 * How one person's connection did for the seconds of one bucket. Of two people who were connected directly the figures are what their own
 * clients told, but for the estimate.
 */
export interface QualitySample {
  participant_id: string;
  /** When the bucket began. */
  at: string;
  /** bit/s received from them. */
  up_bps: number;
  /** bit/s sent to them. */
  down_bps: number;
  /** bit/s that their path from the node was believed to carry towards them. */
  estimate_bps: number;
  /** 0..1, before repair, the worst of the time. */
  up_loss: number;
  down_loss: number;
  /** Absent where it was not known. */
  round_trip_millis?: number;
  freezes: number;
  /** What the node sent them. */
  layers: QualityLayers;
  /** Which way their media took at the end. */
  path: MediaPath;
}

export interface QualityPerson {
  participant_id: string;
  name: string;
}

export interface QualityPage {
  bucket_seconds: number;
  people: QualityPerson[];
  /** The latest first. */
  samples: QualitySample[];
  /** Asks for those before these; absent where there are none. */
  next?: string;
}

/** How connections did in meetings. Made by {@link Own.quality}. */
export class MeetingQuality {
  constructor(private readonly http: Http) {}

  /**
   * Hosts read of everybody, others of themselves.
   *
   * @param since only minutes that were not over by then
   * @param cursor what the page before gave as `next`
   */
  page(meeting: string, options: { since?: Date; cursor?: string } = {}): Promise<QualityPage> {
    const query = new URLSearchParams({ limit: "180" });
    if (options.since) query.set("since", options.since.toISOString());
    if (options.cursor) query.set("cursor", options.cursor);
    return this.http.call("GET", `/meetings/${encodeURIComponent(meeting)}/quality?${query}`);
  }
}
