import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { call, newMeeting, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { gather, until } from "../harness/person.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const chromium = await openChromium();
after(() => chromium.close());

/** Until the client has measured its connection so often, and the node with it. */
const measured = (person, times) =>
  person.evaluate(
    (count) =>
      new Promise((done) => {
        let seen = 0;
        window.parleyTest.meeting.on("quality", () => ++seen === count && done());
      }),
    times,
  );

async function hasNoViolation({ page }, screen) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const violations = await page.evaluate(async () => {
      const found = await window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      });
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    });
    assert.deepEqual(violations, [], `${screen}, ${colorScheme}`);
  }
}

test("a host sees afterwards how everybody's connection did", { timeout: 240_000 }, async () => {
  const user = await newUser("Ana");
  const code = await newMeeting(user, { title: "Measured" });
  const ana = await chromium.person(1, "Ana");
  const bo = await chromium.person(2, "Bo");
  await gather(code, user, ana, [bo]);
  await ana.seesMoving(bo);
  await bo.seesMoving(ana);
  await Promise.all([measured(ana, 3), measured(bo, 3)]);

  await ana.pressNamed("People");
  const apart = ana.page.getByRole("link", { name: "Connection quality" });
  await apart.waitFor();
  assert.equal(await apart.getAttribute("href"), `/quality/${code}`);
  await ana.pressNamed("Leave");
  await ana.page.getByRole("menuitem", { name: "End meeting for everyone" }).click();
  await ana.page.getByText("The meeting has ended").waitFor();
  await ana.page.getByRole("button", { name: "Connection quality" }).click();

  const people = ana.page.getByTestId("quality-person");
  await until(
    "both people's lines",
    () => people.count(),
    (count) => count === 2,
    60_000,
  );
  await ana.sees("Measured");
  for (const name of ["Ana", "Bo"]) {
    const line = ana.page.getByRole("region", { name, exact: true });
    await line.getByRole("img", { name: new RegExp(`^${name}, .*Loss .*Sent .*bit/s`) }).waitFor();
    await line.getByText("As a table").click();
    const row = line.locator("tbody tr").first();
    await row.waitFor();
    const cells = await row.locator("td").allTextContents();
    assert.equal(cells.length, 7);
    assert.match(cells[0], /^\d+(\.\d)?%$/);
    assert.match(cells[3], /^[\d.,]+ [kM]bit\/s$/);
    assert.notEqual(cells[3], "0 kbit/s", `${name} sent nothing: ${cells}`);
    assert.notEqual(cells[4], "0 kbit/s", `${name} received nothing: ${cells}`);
  }
  await hasNoViolation(ana, "connection quality");
  await ana.page.setViewportSize({ width: 390, height: 844 });
  const wide = await ana.page.evaluate(() => document.querySelector("main").scrollWidth);
  assert.ok(wide <= 390, `the page is ${wide} pixels wide on a phone`);
  await hasNoViolation(ana, "connection quality on a phone");

  // As the page reads it; whoever was not in reads nothing.
  const read = await call("GET", `/meetings/${code}/quality`, { token: user.token });
  assert.deepEqual(read.data.people.map(({ name }) => name).sort(), ["Ana", "Bo"]);
  const stranger = await newUser("Eve");
  const refused = await call("GET", `/meetings/${code}/quality`, { token: stranger.token });
  assert.equal(refused.error, "meeting.not_participant");
});
