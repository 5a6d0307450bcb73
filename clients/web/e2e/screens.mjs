// Pictures of every screen, at desktop and phone size, light and dark, from the demo build (app on a mock system):
// npm run build:demo -w app && npm run screens [-- part-of-a-name]; they land in e2e/out.
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../app/dist-demo");
const out = join(here, "out");
const types = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml" };
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

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

const entering = (then) => async (page) => {
  const name = page.getByLabel("Your name");
  if (await name.count()) await name.fill("Maya Torres");
  await page.getByRole("button", { name: "Join now" }).click();
  await page.waitForSelector("[data-testid=stage]");
  await page.waitForTimeout(4_500);
  await then?.(page);
};
const press = (name) => async (page) => {
  await page.getByRole("button", { name }).first().click();
  await page.waitForTimeout(600);
};
const signedIn = async (page) => {
  await page.evaluate(() => localStorage.setItem("parley.preferences", '{"signedIn":true}'));
  await page.reload();
  await page.waitForTimeout(1_000);
};

const lookingAfter = (area) => async (page) => {
  await signedIn(page);
  await page.evaluate((path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `/admin/${area}`);
  await page.waitForTimeout(1_000);
  if (area === "audit") await press("Check the log")(page);
};

const inFiles = (path, act) => async (page) => {
  await signedIn(page);
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
  await page.waitForTimeout(1_000);
  await act?.(page);
};

const searching = (words) => async (page) => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(words);
  await page.waitForTimeout(1_200);
};

const inChats = (pick) => async (page) => {
  await signedIn(page);
  await page.evaluate(() => {
    history.pushState(null, "", "/chats");
    dispatchEvent(new PopStateEvent("popstate"));
  });
  await page.waitForTimeout(1_000);
  if (pick) await page.getByRole("link", { name: pick }).click();
  await page.waitForTimeout(600);
};

const wanted = process.argv.slice(2);
const screens = [
  ["home", "/"],
  ["home-signed-in", "/?signed-in=1", signedIn],
  ["sign-in", "/sign-in?then=new"],
  ["sign-up", "/sign-up"],
  ["forgot-password", "/forgot-password"],
  ["reset-password", "/reset-password#email=dana@example.org"],
  ["account", "/account?signed-in=1", signedIn],
  ["chats", "/?signed-in=1", inChats()],
  ["chat", "/?signed-in=1", inChats(/Ana Silva/)],
  ["files", "/?signed-in=1", inFiles("/files")],
  ["push-dialog", "/?signed-in=1", inFiles("/files", press(/^Push Plan/))],
  ["pushes", "/?signed-in=1", inFiles("/files/pushes")],
  [
    "push",
    "/?signed-in=1",
    inFiles("/files/pushes", async (page) => {
      await page.getByRole("link", { name: /Plan for/ }).click();
      await page.waitForTimeout(900);
    }),
  ],
  ["files-received", "/?signed-in=1", inFiles("/files/received")],
  ["notifications", "/?signed-in=1", inFiles("/notifications")],
  [
    "devices",
    "/?signed-in=1",
    inFiles("/account", async (page) => {
      await page.getByRole("heading", { name: "Devices for files" }).scrollIntoViewIfNeeded();
      await page.waitForTimeout(400);
    }),
  ],
  [
    "file",
    "/?signed-in=1",
    inFiles("/files", async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("plan");
      await page
        .getByRole("option", { name: /Plan for the launch/ })
        .last()
        .click();
      await page.waitForTimeout(900);
    }),
  ],
  ["search-empty", "/?signed-in=1", inFiles("/files", press("Search"))],
  ["search", "/?signed-in=1", inFiles("/files", searching("plan"))],
  ["search-none", "/?signed-in=1", inFiles("/files", searching("nowhere to be found"))],
  ["webhooks", "/?signed-in=1", inFiles("/webhooks")],
  [
    "webhook",
    "/?signed-in=1",
    inFiles("/webhooks", async (page) => {
      await page.getByRole("link", { name: /Rooms display/ }).click();
      await page.waitForTimeout(900);
    }),
  ],
  ["webhook-new", "/?signed-in=1", inFiles("/webhooks", press("Add a webhook"))],
  ["before", "/m/abc-defg-hij"],
  ["meeting-alone", "/m/abc-defg-hij?people=0", entering()],
  ["meeting-two", "/m/abc-defg-hij?people=1", entering()],
  ["meeting-grid", "/m/abc-defg-hij?people=6&hand=1", entering()],
  ["meeting-share", "/m/abc-defg-hij?people=4&share=1", entering()],
  ["meeting-chat", "/m/abc-defg-hij?people=4", entering(press("Chat"))],
  ["meeting-offline", "/m/abc-defg-hij?people=3&offline=1", entering((page) => page.waitForTimeout(2_500))],
  ["admin-users", "/?signed-in=1&admin=1", lookingAfter("users")],
  ["admin-meetings", "/?signed-in=1&admin=1", lookingAfter("meetings")],
  ["admin-nodes", "/?signed-in=1&admin=1", lookingAfter("nodes")],
  ["admin-audit", "/?signed-in=1&admin=1", lookingAfter("audit")],
  ["after", "/m/abc-defg-hij?people=1", entering(press("Leave"))],
].filter(([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme, locale: "en-US" });
    for (const [name, path, act] of screens) {
      const page = await context.newPage();
      await page.goto(origin + path);
      await page.waitForTimeout(900);
      await act?.(page);
      await page.screenshot({ path: join(out, `${name}-${size}-${colorScheme}.png`) });
      await page.evaluate(() => localStorage.clear());
      await page.close();
      console.log(`${name} ${size} ${colorScheme}`);
    }
    await context.close();
  }
}
await browser.close();
server.close();
