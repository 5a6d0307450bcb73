import { Parley, type User } from "@parley/client";
import { useSyncExternalStore } from "react";
import { preferences } from "./preferences";

export let parley = new Parley();

/** Called once before the first render. In `--mode demo` the whole system is a mock inside the page. */
export async function startParley(): Promise<void> {
  if (import.meta.env.MODE === "demo") parley = (await import("./demo")).demoParley();
  parley.account.on("user", (user) => preferences.remember({ signedIn: user !== undefined }));
  if (preferences.all.signedIn) await parley.account.restore().catch(() => undefined);
}

export function useUser(): User | undefined {
  return useSyncExternalStore(
    (listener) => parley.account.on("user", listener),
    () => parley.account.user,
  );
}

const CODE = /[a-z]{3}-[a-z]{4}-[a-z]{3}/;

/** Finds a meeting code in what a person typed: a code, one without dashes, or a link. */
export function codeIn(text: string): string | undefined {
  const tidy = text.trim().toLowerCase();
  const found = CODE.exec(tidy)?.[0];
  if (found) return found;
  const letters = tidy.replace(/[^a-z]/g, "");
  if (letters.length !== 10 || /[/.]/.test(tidy)) return undefined;
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
}

export const linkOf = (code: string): string => `${location.origin}/m/${code}`;
