import { asParleyError, DiskSink, MemorySink, type Arrival, type Files, type Inbox } from "@parley/client";
import { useEffect, useReducer } from "react";
import { useTranslation } from "react-i18next";
import { saveFrom } from "./save";

/** As much as is held in memory where a browser cannot write to the disk piece by piece. */
const HELD_BYTES = 512 << 20;

/** Renders again whenever something comes, or comes further. */
export function useInbox(files: Files | undefined): Inbox | undefined {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => files?.inbox.on("change", render), [files]);
  return files?.inbox;
}

/** What this browser is called as a device, "Firefox on Linux". */
export function useBrowserName(): string {
  const { t } = useTranslation();
  const about = navigator.userAgent;
  const found = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([mark]) => mark.test(about))?.[1];
  const client = found([
    [/Firefox/, "Firefox"],
    [/Edg/, "Edge"],
    [/Chrom/, "Chrome"],
    [/Safari/, "Safari"],
  ]);
  const system = found([
    [/Android/, "Android"],
    [/iPhone/, "iPhone"],
    [/iPad/, "iPad"],
    [/Windows/, "Windows"],
    [/Mac OS/, "macOS"],
    [/Linux/, "Linux"],
  ]);
  return client && system ? t("inbox.browser", { client, system }) : t("inbox.thisBrowser");
}

interface FilePicker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** Saves what was pushed: piece by piece to the disk where the browser can, else from memory, else by its address. */
export async function receive(inbox: Inbox, arrival: Arrival, deviceName: string): Promise<void> {
  const picker = window as FilePicker;
  if (picker.showSaveFilePicker) {
    let place: FileSystemFileHandle;
    try {
      place = await picker.showSaveFilePicker({ suggestedName: arrival.name });
    } catch (thrown) {
      // Nothing was chosen.
      if (thrown instanceof DOMException && thrown.name === "AbortError") return;
      throw thrown;
    }
    return quietly(inbox.save(arrival.pushId, new DiskSink(place), deviceName));
  }
  if (arrival.size > HELD_BYTES) return saveFrom(await inbox.address(arrival.pushId));
  const sink = new MemorySink();
  await inbox.save(arrival.pushId, sink, deviceName);
  const address = URL.createObjectURL(sink.blob(arrival.type || "application/octet-stream"));
  saveFrom(address, arrival.name);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** What fails is shown where it is listed; whoever stopped it knows. */
async function quietly(saving: Promise<void>): Promise<void> {
  await saving.catch((thrown: unknown) => {
    if (asParleyError(thrown).code !== "client.aborted") throw thrown;
  });
}
