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

/** Brings a host in, who opens the meeting, and then all guests at once; their pages are open by then. */
export async function gather(code, user, host, guests) {
  const hostIn = async () => {
    await host.joinAs(user, code);
    await host.isIn();
  };
  await Promise.all([hostIn(), ...guests.map((guest) => guest.open(code))]);
  await Promise.all(
    guests.map(async (guest) => {
      await guest.pressJoin();
      await guest.isIn();
    }),
  );
}

/** Holds who is with whom: each person sees and hears those of their own row, and nobody else of all rows. */
export const areTogether = (...rows) =>
  Promise.all(
    rows.flatMap((row) =>
      row.map((person) =>
        person.isWith(
          row.filter((other) => other !== person),
          rows.flat(),
        ),
      ),
    ),
  );

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

  open(code) {
    return this.page.goto(`${url()}/m/${code}?diagnostics=1`);
  }

  async joinAsGuest(code) {
    await this.open(code);
    await this.pressJoin();
  }

  async joinAs(user, code) {
    await this.signIn(user, `?diagnostics=1&then=/m/${code}`);
    await this.pressJoin();
  }

  async signIn(user, query = "") {
    await this.page.goto(`${url()}/sign-in${query}`);
    await this.fillSignIn(user);
  }

  async fillSignIn(user) {
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

  /** Awaits the pictures of one or more others, and that their frames go on. */
  async seesMoving(others, { source = "camera", timeoutMillis = 45_000 } = {}) {
    const first = new Map();
    /** Those who are not seen to move yet, with what is seen of them. */
    const still = async () => {
      const all = await this.pictures();
      return [others].flat().flatMap((other) => {
        const tile = all.find((picture) => picture.name === other.name && picture.source === source);
        const number = source === "screen" ? other.screenNumber : other.number;
        if (!tile?.shown || tile.frame?.number !== number) return [{ who: other.name, tile: tile ?? all }];
        const { counter } = tile.frame;
        const moved = (counter - (first.get(other) ?? counter)) & 0xffff;
        if (!first.has(other) || moved >= 0x8000) first.set(other, counter);
        return moved > 5 && moved < 0x8000 ? [] : [{ who: other.name, from: first.get(other), counter }];
      });
    };
    const names = [others].flat().map(({ name }) => name);
    await until(
      `${this.name} to see the ${source} of ${names} move`,
      still,
      (all) => all.length === 0,
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

  /** Awaits that tones end, and holds that they stay away. */
  async hearsNoMore(tones, timeoutMillis = 10_000) {
    const all = [tones].flat();
    const gone = (seen) => all.every((tone) => !(seen[tone] > LOUD));
    await until(`${this.name} to hear ${all} Hz no more`, () => this.tones(all), gone, timeoutMillis);
    await this.hearsNone(all);
  }

  async hearsNone(tones) {
    for (let looks = 0; looks < 5; looks++) {
      const levels = await this.tones(tones);
      for (const tone of tones)
        assert.ok(!(levels[tone] > LOUD), `${this.name} hears ${tone} Hz: ${describe(levels)}`);
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  /** Awaits that these others are seen and heard, and holds that nobody else of everybody is. */
  async isWith(others, everybody) {
    const apart = everybody.filter((other) => other !== this && !others.includes(other));
    await until(
      `${this.name} to have tiles of those alone who are there`,
      () => this.pictures(),
      (pictures) => apart.every((other) => pictures.every(({ name }) => name !== other.name)),
    );
    await this.seesMoving(others);
    const heard = others.map(({ tone }) => tone);
    const silent = [this, ...apart].map(({ tone }) => tone);
    await until(
      `${this.name} to hear ${heard} Hz alone, not ${silent}`,
      () => this.tones([...heard, ...silent]),
      (seen) => heard.every((tone) => seen[tone] > LOUD) && silent.every((tone) => !(seen[tone] > LOUD)),
    );
    await this.hearsNone(silent);
  }

  /** How loud each of these tones is, in dB above the spectrum beside it; 0 when not heard. */
  tones(hertz) {
    return this.evaluate((list) => window.testProbe.tones(list), hertz);
  }

  async leave() {
    await this.evaluate(() => window.parleyTest.meeting.leave());
  }
}
