// A running Parley: the one at PARLEY_URL, or one started here with local/up and stopped afterwards.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");

/** Origin of the system under test. */
export const url = () => (process.env.PARLEY_URL ?? "http://localhost:8800").replace(/\/$/, "");

/** Starts a system unless PARLEY_URL names one; the reply stops what was started. */
export async function startSystem() {
  if (process.env.PARLEY_URL) return () => undefined;
  // The fourth person in a room is served by another media agent: most tests stay on one, one is about two.
  process.env.NODE_ROOM_AGENT_PARTICIPANTS ??= "3";
  const port = await freePort();
  // So many new people from one address, in so little time, are what the limits are there for.
  const options = ["--detach", "--port", String(port), "--rate-limits", "off"];
  const up = spawnSync(resolve(repository, "local/up"), options, {
    cwd: repository,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (up.status !== 0) throw new Error(`local/up ${options.join(" ")} ended with ${up.status ?? up.error}`);
  process.env.PARLEY_URL = `http://localhost:${port}`;
  return () => void spawnSync(resolve(repository, "local/down"), { cwd: repository, stdio: "inherit" });
}

/** The media nodes of a system that `local/up` of this repository, or of PARLEY_HOME, runs: names and process ids. */
export function mediaNodes() {
  const record = resolve(process.env.PARLEY_HOME ?? repository, ".parley/run/up.json");
  if (!existsSync(record)) return [];
  const { url: origin, processes } = JSON.parse(readFileSync(record, "utf8"));
  if (origin.replace(/\/$/, "") !== url()) return [];
  return processes.filter(({ name }) => name.startsWith("node-")).map(({ name, pid }) => ({ name, pid }));
}

/** Gives an account of the system under test the role of an administrator. */
export function makeAdmin(username) {
  const home = process.env.PARLEY_HOME ?? repository;
  const granted = spawnSync(resolve(home, "local/admin"), ["grant", username], {
    cwd: home,
    encoding: "utf8",
  });
  if (granted.status !== 0) throw new Error(`local/admin grant ${username}: ${granted.stderr}`);
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
