// Pictures of every screen, at desktop and phone size, light and dark, from the demo build (the app on a mock system), each
// looked at by axe: npm run screens [-- part-of-a-name...], where a name is such as chat-group-phone. The pictures land in
// e2e/out. A page that is wider than its window, that logs an error or that breaks a rule of axe is named, and fails.
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { violations } from "./harness/axe.mjs";
import { seen, settle } from "./screens/acts.mjs";
import { screens } from "./screens/list.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../app/dist-demo");
const out = join(here, "out");
const types = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml" };
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
/** As many pages at once; each is one with sound and pictures of its own. */
const AT_ONCE = 3;

if (!existsSync(root)) throw new Error("no demo build: npm run build:demo -w app");
mkdirSync(out, { recursive: true });
const server = createServer((request, response) => {
  const asked = join(root, new URL(request.url, "http://x").pathname);
  const file = existsSync(asked) && statSync(asked).isFile() ? asked : join(root, "index.html");
  response.setHeader("content-type", types[extname(file)] ?? "text/plain");
  response.end(readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://localhost:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
  ],
});

/** Takes the pictures of one screen at one size. @returns what is wrong with it, one line each */
async function picture(name, { path, act, script }, viewport) {
  const context = await browser.newContext({ viewport, colorScheme: "light", locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`${name}: ${error.message}`));
  try {
    if (script) await page.addInitScript(script);
    await page.goto(origin + path);
    await settle(page);
    await act(page);
    await seen(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`${name}: wider than the window by ${over} px`);
  } catch (error) {
    wrong.push(`${name}: ${error.message}`);
  }
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    await page.screenshot({ path: join(out, `${name}-${colorScheme}.png`) });
    // Light and dark are the same page in other colours.
    const rules = colorScheme === "dark" ? ["color-contrast"] : undefined;
    for (const violation of await violations(page, rules))
      wrong.push(`${name}, ${colorScheme}: ${violation}`);
  }
  await context.close();
  return wrong;
}

const wanted = process.argv.slice(2);
const jobs = Object.entries(sizes).flatMap(([size, viewport]) =>
  Object.entries(screens)
    .map(([name, screen]) => ({ name: `${name}-${size}`, screen, viewport }))
    .filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part))),
);
const count = jobs.length;
let wrong = 0;
const work = async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const found = await picture(job.name, job.screen, job.viewport);
    console.log(found.length === 0 ? `ok ${job.name}` : `WRONG ${found.join("\n  ")}`);
    wrong += found.length;
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
server.close();
console.log(`${count} screens in light and dark, ${wrong} things wrong; the pictures are in ${out}`);
process.exit(wrong === 0 && count > 0 ? 0 : 1);
