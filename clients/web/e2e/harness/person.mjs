// Somebody in a browser, Chromium or Firefox, who uses the app as people do.
import assert from "node:assert/strict";
import { PASSWORD } from "./api.mjs";
import { probe, screenNumber, screenTone, synthesise, toneOf } from "./synthetic.mjs";
import { url } from "./system.mjs";

/** Awaits a condition; fails with the last thing seen. */
export async function until(what, look, accept = Boolean, timeoutMillis = 30_000) {
  const end = Date.now() + timeoutMillis;
  let seen;
  for (;;) {
    try {
      seen = await look();
      if (accept(seen)) return seen;
    } catch (error) {
      seen = error;
    }
    if (Date.now() > end) assert.fail(`waited ${timeoutMillis} ms for ${what}; last seen: ${describe(seen)}`);
    await new Promise((done) => setTimeout(done, 150));
  }
}

const describe = (seen) => (seen instanceof Error ? seen.message : JSON.stringify(seen));

/** dB by which a tone that is heard stands out of the spectrum beside it. */
const LOUD = 20;

export class Person {
  constructor(page, number, name) {
    this.page = page;
    this.number = number;
    this.name = name;
    this.tone = toneOf(number);
    this.screenNumber = screenNumber(number);
    this.screenTone = screenTone(number);
  }

  /** What the page's scripts find instead of real devices. */
  get sources() {
    const { number, tone, screenNumber: screen, screenTone } = this;
    return { number, tone, screen, screenTone };
  }

  static scripts(person) {
    return [
      [synthesise, person.sources],
      [probe, undefined],
    ];
  }

  evaluate(run, argument) {
    return this.page.evaluate(run, argument);
  }

  async joinAsGuest(code) {
    await this.page.goto(`${url()}/m/${code}?diagnostics=1`);
    await this.pressJoin();
  }

  async joinAs(user, code) {
    await this.signIn(user, `?diagnostics=1&then=/m/${code}`);
    await this.pressJoin();
  }

  async signIn(user, query = "") {
    await this.page.goto(`${url()}/sign-in${query}`);
    await this.type("input[autocomplete=username]", user.username);
    await this.type("input[type=password]", PASSWORD);
    await this.press("main button[type=submit]");
  }

  async pressJoin() {
    await until(`${this.name}'s join form`, () =>
      this.evaluate(
        () =>
          document.querySelector("main form button[type=submit]") !== null &&
          !document.querySelector("input[autocomplete=username]"),
      ),
    );
    const asksName = await this.evaluate(() => document.querySelector("input[autocomplete=name]") !== null);
    if (asksName) await this.type("input[autocomplete=name]", this.name);
    await this.press("main form button[type=submit]");
  }

  /** Awaits the stage, connected, with this person in the roster. */
  async isIn() {
    await until(
      `${this.name} to be in`,
      () =>
        this.evaluate(() => {
          const meeting = window.parleyTest?.meeting;
          const alert = document.querySelector("[role=alert]")?.textContent;
          return meeting?.self ? meeting.connection.media : (alert ?? "not in the roster");
        }),
      (state) => state === "connected",
      45_000,
    );
    return this;
  }

  async type(selector, text) {
    await until(`${selector}`, () => this.evaluate((css) => document.querySelector(css) !== null, selector));
    await this.evaluate(
      ([css, value]) => {
        const input = document.querySelector(css);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
        input.dispatchEvent(new Event("input", { bubbles: true }));
      },
      [selector, text],
    );
  }

  async press(selector) {
    await until(`${selector} to press`, () =>
      this.evaluate((css) => {
        const button = document.querySelector(css);
        button?.click();
        return button !== null;
      }, selector),
    );
  }

  /** Presses a button by the name a screen reader says. */
  pressNamed(label) {
    return this.press(`button[aria-label^="${label}"]`);
  }

  pictures() {
    return this.evaluate(() => window.testProbe.pictures());
  }

  counters() {
    return this.evaluate(() => window.testProbe.counters());
  }

  text() {
    return this.evaluate(() => document.body.innerText);
  }

  sees(text, timeoutMillis) {
    return until(
      `${this.name} to read "${text}"`,
      () => this.text(),
      (shown) => shown.includes(text),
      timeoutMillis,
    );
  }

  /** Awaits another's picture, and that its frames go on. */
  async seesMoving(other, { source = "camera", timeoutMillis = 30_000 } = {}) {
    const number = source === "screen" ? other.screenNumber : other.number;
    const frameOf = async () => {
      const all = await this.pictures();
      const tile = all.find((picture) => picture.name === other.name && picture.source === source);
      return tile?.shown && tile.frame?.number === number ? tile.frame.counter : { tile: tile ?? all };
    };
    const isFrame = (frame) => typeof frame === "number";
    const first = await until(
      `${this.name} to see ${other.name}'s ${source}`,
      frameOf,
      isFrame,
      timeoutMillis,
    );
    const rising = (frame) =>
      isFrame(frame) && ((frame - first) & 0xffff) > 5 && ((frame - first) & 0xffff) < 0x8000;
    await until(
      `${this.name} to see ${other.name}'s ${source} move on from ${first}`,
      frameOf,
      rising,
      timeoutMillis,
    );
  }

  /** Awaits that all of these tones are heard, and holds that none of those is. */
  async hears(tones, notTones = [], timeoutMillis = 30_000) {
    const levels = () => this.tones([...tones, ...notTones]);
    const heard = (seen) => tones.every((tone) => seen[tone] > LOUD);
    await until(`${this.name} to hear ${tones} Hz`, levels, heard, timeoutMillis);
    await this.hearsNone(notTones);
  }

  /** Awaits that a tone ends, and holds that it stays away. */
  async hearsNoMore(tone, timeoutMillis = 10_000) {
    const gone = (seen) => !(seen[tone] > LOUD);
    await until(`${this.name} to hear ${tone} Hz no more`, () => this.tones([tone]), gone, timeoutMillis);
    await this.hearsNone([tone]);
  }

  async hearsNone(tones) {
    for (let looks = 0; looks < 5; looks++) {
      const levels = await this.tones(tones);
      for (const tone of tones)
        assert.ok(!(levels[tone] > LOUD), `${this.name} hears ${tone} Hz: ${describe(levels)}`);
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  /** How loud each of these tones is, in dB above the spectrum beside it; 0 when not heard. */
  tones(hertz) {
    return this.evaluate((list) => window.testProbe.tones(list), hertz);
  }

  async leave() {
    await this.evaluate(() => window.parleyTest.meeting.leave());
  }
}
