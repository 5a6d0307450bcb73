import assert from "node:assert/strict";
import { after, test } from "node:test";
import { call, newUser } from "../harness/api.mjs";
import { openChromium } from "../harness/browsers.mjs";
import { until } from "../harness/person.mjs";
import { url } from "../harness/system.mjs";

const chromium = await openChromium();
after(() => chromium.close());

const upcoming = async (user) => {
  const { data } = await call("GET", "/meetings?page=1&page_size=50", { token: user.token });
  return data.list;
};

test(
  "a meeting planned with a password and a lobby asks for the one and waits for the other",
  { timeout: 120_000 },
  async () => {
    const user = await newUser("Ana");
    const ana = await chromium.person(1, "Ana", { width: 1280, height: 800 });
    const bo = await chromium.person(2, "Bo");
    await ana.signIn(user);

    await ana.page.getByRole("button", { name: "Plan a meeting" }).click();
    await ana.page.getByLabel("Title").fill("Quarterly review");
    await ana.page.getByLabel("Password").fill("open-sesame");
    await ana.page.getByText("Ask before people join").click();
    await ana.page.getByRole("button", { name: "Plan the meeting" }).click();
    await ana.sees("The meeting is planned");
    await ana.page.getByRole("button", { name: "Done" }).click();
    const [planned] = await upcoming(user);
    assert.equal(planned.title, "Quarterly review");
    assert.equal(planned.status, "scheduled");
    assert.ok(Date.parse(planned.start_time) > Date.now());

    await bo.joinAsGuest(planned.meeting_id);
    await bo.sees("This meeting asks for a password.");
    await bo.type("input[type=password]", "not-it");
    await bo.press("main form button[type=submit]");
    await bo.sees("The password is not right.");
    await bo.type("input[type=password]", "open-sesame");
    await bo.press("main form button[type=submit]");
    await bo.sees("Waiting to be let in");

    await ana.page.goto(`${url()}/?diagnostics=1`);
    await ana.page.getByRole("button", { name: "Start Quarterly review" }).click();
    await ana.sees("You join as Ana");
    await ana.pressJoin();
    await ana.isIn();
    await ana.sees("Bo waits to be let in");
    await ana.pressNamed("People");
    await ana.page.getByRole("button", { name: "Let in" }).click();
    await bo.isIn();
    await ana.seesMoving(bo);
  },
);

test("a planned meeting can be cancelled, and says so", { timeout: 60_000 }, async () => {
  const user = await newUser("Cleo");
  await call("POST", "/meetings", {
    token: user.token,
    body: { title: "Weekly planning", start_time: new Date(Date.now() + 86_400_000).toISOString() },
  });
  const cleo = await chromium.person(3, "Cleo", { width: 1280, height: 800 });
  await cleo.signIn(user);
  await cleo.page.getByRole("button", { name: "Cancel Weekly planning" }).click();
  await cleo.page.getByRole("button", { name: "Cancel the meeting" }).click();
  await until(
    "the meeting to be cancelled",
    () => upcoming(user),
    ([meeting]) => meeting.status === "cancelled",
  );
  await cleo.page.getByRole("tab", { name: "Past" }).click();
  await cleo.sees("Cancelled");
});
