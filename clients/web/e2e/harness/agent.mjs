// The file-sync agent as a process of its own, as somebody runs it on a device.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { url } from "./system.mjs";

const home = resolve(dirname(fileURLToPath(import.meta.url)), "../../../agent");
const jar = join(home, "target/parley-agent.jar");

export class Agent {
  #process;
  #ended;
  /** What it has said. */
  said = "";

  /** @param place a folder for what it keeps: its credential and the files */
  constructor(place) {
    this.credential = join(place, "agent.json");
    this.folder = join(place, "files");
    mkdirSync(this.folder, { recursive: true });
  }

  /** Takes over a device that was registered in the web app. */
  adopt(id, credential) {
    if (!existsSync(jar))
      throw new Error(`no ${jar}: mvn -f pom.xml -pl clients/agent -am package -DskipTests`);
    const adopted = spawnSync(
      join(home, "run"),
      ["adopt", "--server", url(), "--device", id, "--credential", this.credential],
      { input: `${credential}\n`, encoding: "utf8" },
    );
    assert.equal(adopted.status, 0, `adopting ${id}: ${adopted.stderr}`);
  }

  /**
   * Starts it; it runs until it is stopped.
   * @param proxy the port of a proxy between it and everything else
   */
  start({ parallel = 4, proxy } = {}) {
    const java = "-Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";
    const through = proxy
      ? ` -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=${proxy} -Dhttp.nonProxyHosts=`
      : "";
    this.said = "";
    this.#process = spawn(
      join(home, "run"),
      ["run", "--folder", this.folder, "--credential", this.credential, "--parallel", String(parallel)],
      { env: { ...process.env, PARLEY_JAVA_OPTIONS: java + through }, stdio: ["ignore", "pipe", "pipe"] },
    );
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.said += text));
    }
    this.#ended = new Promise((done) => this.#process.once("exit", (code, signal) => done({ code, signal })));
  }

  get pid() {
    return this.#process?.exitCode === null && this.#process.signalCode === null
      ? this.#process.pid
      : undefined;
  }

  /** Ends it by a signal. @returns how it ended */
  end(signal) {
    if (this.pid) process.kill(this.pid, signal);
    return this.#ended;
  }
}
