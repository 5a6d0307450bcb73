// Runs the behaviour tests, all or those whose file name contains an argument, against PARLEY_URL or a system of its own.
// The walks in large/ take minutes and gigabytes: they run when an argument names them.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSystem } from "./harness/system.mjs";

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
