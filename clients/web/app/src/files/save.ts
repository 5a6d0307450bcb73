import type { Files } from "@parley/client";

/** The browser saves what is at the address, by its own means. */
export function saveFrom(address: string, name?: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.rel = "noopener";
  link.download = name ?? "";
  link.click();
}

/** Saves a file, after asking where opening it may do something. @returns whether it was begun */
export async function saveFile(
  files: Files,
  fileId: string,
  mayBeProgram: () => Promise<boolean>,
): Promise<boolean> {
  const { risk } = await files.get(fileId);
  if (risk === "program" && !(await mayBeProgram())) return false;
  saveFrom(await files.address(fileId));
  return true;
}
