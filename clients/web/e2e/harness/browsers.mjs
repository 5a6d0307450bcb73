// Chromium by playwright-core, Firefox by puppeteer-core over WebDriver BiDi; both are the system's own packages.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { Person } from "./person.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FIREFOX =
  process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => existsSync(path));
const PATIENCE_MILLIS = 120_000;

export async function openChromium() {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    timeout: PATIENCE_MILLIS,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-background-timer-throttling",
      "--disable-renderer-backgrounding",
      "--disable-backgrounding-occluded-windows",
      "--autoplay-policy=no-user-gesture-required",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      // Devices are synthetic, so that no permission uncovers the addresses of this machine: two people would find each other by multicast alone.
      "--disable-features=WebRtcHideLocalIpsWithMdns",
    ],
  });
  return {
    /** A new person in a browser profile of their own. */
    async person(number, name, { width = 1000, height = 640, sources = {} } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, locale: "en-US" });
      const page = await context.newPage();
      const person = new Person(page, number, name);
      for (const [script, argument] of Person.scripts(person)) {
        await page.addInitScript(script, argument && { ...argument, ...sources });
      }
      person.close = () => context.close();
      return person;
    },
    close: () => browser.close(),
  };
}

/** One person in Firefox: the tone of its fake microphone is chosen when it starts. */
export async function openFirefox(tone) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    timeout: PATIENCE_MILLIS,
    protocolTimeout: PATIENCE_MILLIS,
    extraPrefsFirefox: {
      "media.navigator.streams.fake": true,
      "media.navigator.audio.fake_frequency": tone,
      "media.navigator.permission.disabled": true,
      "media.peerconnection.ice.loopback": true,
      "media.autoplay.default": 0,
      "media.autoplay.blocking_policy": 0,
      "intl.accept_languages": "en-US",
    },
  });
  return {
    async person(number, name, { width = 1000, height = 640, sources = {} } = {}) {
      const page = await browser.newPage();
      await page.setViewport({ width, height });
      const person = new Person(page, number, name);
      for (const [script, argument] of Person.scripts(person)) {
        await page.evaluateOnNewDocument(script, argument && { ...argument, ...sources, realSound: true });
      }
      person.close = () => page.close();
      return person;
    },
    close: () => browser.close(),
  };
}
