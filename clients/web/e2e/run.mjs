// Runs the behaviour tests, all or those whose file name contains an argument, against PARLEY_URL or a system of its own.
// The walks in large/ take minutes and gigabytes: they run when an argument names them.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startSystem } from "./harness/system.mjs";

/** What these do to the system everybody feels: they run before the others. */
const ALONE = ["a-dead-media-node-brings-people-back"];
/** Pages, and meetings that mostly wait or need little sound and picture of others: they run beside the other meetings. */
const BESIDE = [
  "a-planned-meeting-is-in-the-calendar-and-its-invitations-are-withdrawn",
  "an-account-is-looked-after",
  "an-administrator-changes-a-limit",
  "files-reach-people-and-devices",
  "hosts-see-how-connections-did",
  "media-survives-a-lost-socket",
  "messages-are-kept-and-found-again",
  "one-box-finds-messages-files-and-meetings",
  "people-choose-how-they-are-told",
  "roles-polls-and-the-lobby-reach-people-at-once",
  "screens-are-accessible",
  "webhooks-are-made-tested-and-told-again",
  "who-was-away-is-told-what-they-missed",
];

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const isNamed = (name) => wanted.some((part) => name.includes(part));
const testsIn = (folder, isWanted) =>
  readdirSync(join(here, folder))
    .filter((name) => name.endsWith(".test.mjs") && isWanted(name))
    .map((name) => join(here, folder, name));
const files = [
  ...testsIn("behaviour", wanted.length === 0 ? () => true : isNamed),
  ...testsIn("large", isNamed),
];
if (files.length === 0) {
  console.error(`no test is called ${wanted.join(" or ")}`);
  process.exit(2);
}

const totals = new Map();
/** Runs test files one after the other. @returns whether all of them passed */
async function lane(tests) {
  if (tests.length === 0) return true;
  const options = ["--test", "--test-concurrency=1", "--test-reporter=spec", ...tests];
  const run = spawn(process.execPath, options, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => run.once("exit", done));
  for await (const line of createInterface({ input: run.stdout })) {
    const [, total, count] =
      /^\W*(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)\W*$/.exec(line) ?? [];
    if (total === undefined) console.log(line);
    else if (total !== "duration_ms") totals.set(total, (totals.get(total) ?? 0) + Number(count));
  }
  return (await ended) === 0;
}

const isOf = (names) => (file) => names.includes(basename(file, ".test.mjs"));
const isAlone = isOf(ALONE);
const isBeside = isOf(BESIDE);
const meetings = files.filter((file) => !isAlone(file) && !isBeside(file));
const others = files.filter(isBeside);
const lanes = availableParallelism() > 1 ? [meetings, others] : [[...meetings, ...others]];

// The tests end by it as well; the system is stopped after them.
process.on("SIGINT", () => undefined);
const from = Date.now();
const stop = await startSystem();
let passed = false;
try {
  const first = await lane(files.filter(isAlone));
  const rest = await Promise.all(lanes.map(lane));
  passed = first && rest.every(Boolean);
  for (const [total, count] of totals) console.log(`ℹ ${total} ${count}`);
  console.log(`ℹ duration_ms ${Date.now() - from}`);
  if (!passed)
    console.error(`to run again: PARLEY_URL=${process.env.PARLEY_URL} npm run e2e -- ${wanted.join(" ")}`);
} finally {
  stop();
}
process.exit(passed ? 0 : 1);
