// Runs the behaviour tests, all or those whose file name contains an argument, against PARLEY_URL or a system of its own.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSystem } from "./harness/system.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(join(here, "behaviour"))
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .map((name) => join(here, "behaviour", name));

const stop = await startSystem();
let status = 1;
try {
  const test = spawnSync(
    process.execPath,
    ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files],
    { stdio: "inherit" },
  );
  status = test.status ?? 1;
  if (status !== 0)
    console.error(`to run again: PARLEY_URL=${process.env.PARLEY_URL} npm run e2e -- ${wanted.join(" ")}`);
} finally {
  stop();
}
process.exit(status);
