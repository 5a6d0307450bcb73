// What a person does on a page before its picture is taken.

/** Waits until the page is as it stays: nothing was changed for a moment, and what moves has arrived. */
export const settle = (page) =>
  page.evaluate(async () => {
    const quiet = 300;
    const most = 4_000;
    await new Promise((done) => {
      const end = setTimeout(finish, most);
      let timer = setTimeout(finish, quiet);
      const watcher = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(finish, quiet);
      });
      watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      function finish() {
        clearTimeout(timer);
        clearTimeout(end);
        watcher.disconnect();
        done();
      }
    });
    const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime < most);
    await Promise.allSettled(moving.map((one) => one.finished));
  });

/** Waits until everybody on the stage who sends a picture is seen; on a page without a stage nobody is. */
export const seen = (page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll("[data-testid=stage] [data-published]")].every(
      (place) => place.dataset.state === "paused" || place.querySelector("video[data-shown]")?.videoWidth > 0,
    ),
  );

/** Does one after the other, and lets the page settle after each. */
export const each =
  (...acts) =>
  async (page) => {
    for (const act of acts) {
      await act(page);
      await settle(page);
    }
  };

export const pick = (role, name) => (page) => page.getByRole(role, { name }).first().click();
export const press = (name) => pick("button", name);
export const pressIn = (role, name) => (page) =>
  page.getByRole(role).getByRole("button", { name }).first().click();
export const fill = (label, text) => (page) => page.getByLabel(label).first().fill(text);
export const key = (keys) => (page) => page.keyboard.press(keys);
export const until = (text) => (page) => page.getByText(text).first().waitFor();
export const scrollTo = (heading) => (page) =>
  page.getByRole("heading", { name: heading }).evaluate((place) => place.scrollIntoView());

export const enter = async (page) => {
  await page.getByRole("button", { name: "Join now" }).waitFor();
  const name = page.getByLabel("Your name");
  if (await name.count()) await name.fill("Maya Torres");
  await page.getByRole("button", { name: "Join now" }).click();
};

/** In the meeting, with everybody's tile and the pictures that come. */
export const join = each(enter, async (page) => {
  await page.waitForSelector("[data-testid=stage]");
  const people = Number(new URL(page.url()).searchParams.get("people") ?? 3);
  await page.waitForFunction(
    (count) => document.querySelectorAll("[data-testid=stage] figure").length >= Math.min(count, 2),
    people,
  );
  await page.waitForFunction(
    (count) =>
      [...document.querySelectorAll("[data-testid=stage] video")].filter(({ videoWidth }) => videoWidth > 0)
        .length >= Math.min(count + 1, 2),
    people,
  );
});

/** Something of the menu of the control bar. */
export const item = (name) => each(press("More"), pick("menuitem", name));

/** By a button where there is room for one, else by the menu. */
export const people = async (page) => {
  const button = page.getByRole("button", { name: "People" });
  await ((await button.count()) ? button.first().click() : item(/^People/)(page));
};

export const draftPoll = each(
  item("Polls"),
  press("Ask something"),
  fill("Question", "Where shall we meet next month?"),
  fill("Answer 1", "In the office, with lunch"),
  fill("Answer 2", "Online"),
);

/** Says in which breakout room somebody is to be. */
export const place = (name, room) =>
  each(pick("button", `Room of ${name}`), (page) =>
    page.getByRole("option", { name: room, exact: true }).click(),
  );
