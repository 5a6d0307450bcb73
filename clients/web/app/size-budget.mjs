// Holds the first download: everything the pre-join page loads before anything is clicked, gzip-compressed.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 150_000;
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const files = new Set();
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) visit(next);
};
visit("index.html");
visit("src/before/MeetingRoute.tsx");
let total = 0;
for (const file of files) {
  const bytes = gzipSync(readFileSync(`dist/${file}`)).length;
  total += bytes;
  console.log(`${String(bytes).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first download, budget ${BUDGET_BYTES}`);
if (total > BUDGET_BYTES) process.exit(1);
