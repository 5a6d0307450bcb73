// Every screen by its name: the address of the demo that shows it, and what is done there before its picture is taken.
import {
  draftPoll,
  each,
  enter,
  fill,
  item,
  join,
  key,
  people,
  pick,
  place,
  press,
  pressIn,
  scrollTo,
  until,
} from "./acts.mjs";

const out = (path, ...acts) => ({ path, act: each(...acts) });
const at = (path, ...acts) => ({
  path: `${path}${mark(path)}signed-in=1`,
  act: each(...acts),
  script: () => localStorage.setItem("parley.preferences", '{"signedIn":true}'),
});
const inChinese = (path) => ({
  path: `${path}${mark(path)}signed-in=1`,
  act: each(),
  script: () => localStorage.setItem("parley.preferences", '{"signedIn":true,"language":"zh"}'),
});
const admin = (area, ...acts) => at(`/admin/${area}?admin=1`, ...acts);
const empty = (path, ...acts) => at(`${path}?empty=1`, ...acts);
const failing = (path, ...acts) => at(`${path}${mark(path)}failing=1`, ...acts);
const mark = (path) => (path.includes("?") ? "&" : "?");

const meeting = "/m/abc-defg-hij";
const asGuest = (query, ...acts) => out(`${meeting}?${query}`, join, ...acts);
const asHost = (query, ...acts) => at(`${meeting}?${query}`, join, ...acts);

/** What a browser says that may not use camera and microphone. */
const blocked = () => {
  navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
};

const handRaised = (page) => page.getByLabel("Hand raised").first().waitFor();
const group = pick("link", /Launch/);
const direct = pick("link", /Ana Silva/);
const overMessage = async (page) => page.locator("li[data-seq]").last().hover();
const messageMenu = each(overMessage, press(/^More for the message/));
const ownMenu = async (page) => {
  const own = page.locator("li[data-own]").first();
  await own.hover();
  await own.getByRole("button", { name: /^More for/ }).click();
};
const write = (text) => async (page) => {
  await page.locator("form textarea").fill(text);
  await page.keyboard.press("Enter");
};
const firstDevice = press(/^Revoke Lobby screen/);
const webhook = pick("link", /Rooms display/);
const openSearch = each(pick("button", /^Search/), (page) => page.getByRole("combobox").waitFor());
const searching = (words) => each(openSearch, (page) => page.getByRole("combobox").fill(words));

export const screens = {
  // Start
  home: out("/"),
  "home-code-wrong": out("/", fill("Meeting code or link", "hello"), press("Join")),
  "home-signed-in": at("/"),
  "home-past": at("/", pick("tab", "Past")),
  "home-empty": empty("/"),
  "home-failed": failing("/"),
  "account-menu": admin("users", press(/^Account:/)),
  plan: at("/", press("Plan a meeting")),
  "plan-repeat": at("/", press("Plan a meeting"), press(/Repeat/)),
  "plan-done": at("/", press("Plan a meeting"), fill("Title", "Launch review"), press("Plan the meeting")),
  invitations: at("/", press("Details of Weekly planning")),
  cancel: at("/", press("Cancel Weekly planning")),
  "not-found": out("/nowhere"),

  // Accounts
  "sign-in": out("/sign-in?then=new"),
  "sign-in-failed": out(
    "/sign-in",
    fill("User name or e-mail", "dana"),
    fill("Password", "not-it"),
    (page) => page.locator("main button[type=submit]").click(),
    until("wrong"),
  ),
  "sign-up": out("/sign-up"),
  "forgot-password": out("/forgot-password"),
  "reset-password": out("/reset-password#email=dana@example.org"),
  profile: at("/account"),
  sessions: at("/account", scrollTo("Where you are signed in")),
  "account-delete": at("/account", press("Delete the account")),
  "account-signed-out": out("/account"),
  devices: at("/account", scrollTo("Devices for files")),
  "device-register": at("/account", press("Register a device")),
  "device-kind": at("/account", press("Register a device"), pressIn("dialog", /Kind/)),
  "device-credential": at(
    "/account",
    press("Register a device"),
    (page) => page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Meter 8"),
    pressIn("dialog", "Register a device"),
  ),
  "device-revoke": at("/account", firstDevice),

  // Messages
  chats: at("/chats"),
  "chats-empty": empty("/chats"),
  "chats-failed": failing("/chats"),
  "chats-signed-out": out("/chats"),
  chat: at("/chats", direct),
  "chat-group": at("/chats", group),
  "chat-mention": at("/chats", group, (page) => page.locator("form textarea").fill("@b")),
  "chat-message-menu": at("/chats", direct, messageMenu),
  "chat-reply": at("/chats", direct, overMessage, press("Reply to Ana Silva")),
  "chat-own-menu": at("/chats", direct, ownMenu),
  "chat-edit": at("/chats", direct, ownMenu, pick("menuitem", "Change")),
  "chat-unsent": at(
    "/chats?offline=1",
    until("No connection"),
    direct,
    write("I am on the train, this goes later"),
    until("Sends when you are back online"),
  ),
  "chat-group-menu": at("/chats", group, press("Chat options")),
  "chat-members": at("/chats", group, press("Chat options"), pick("menuitem", "Members")),
  "chat-rename": at("/chats", group, press("Chat options"), pick("menuitem", "Rename")),
  "chat-leave": at("/chats", group, press("Chat options"), pick("menuitem", "Leave the group")),
  "chat-new": at("/chats", press("New chat")),
  "chat-new-group": at("/chats", press("New chat"), (page) =>
    page.getByText("Group", { exact: true }).click(),
  ),
  "messages-found": at("/chats", (page) => page.getByRole("searchbox").first().fill("plan")),
  "chat-not-found": at("/chats/c_gone"),

  // Files
  files: at("/files"),
  "files-empty": empty("/files"),
  "files-failed": failing("/files"),
  "files-signed-out": out("/files"),
  "file-menu": at("/files", press(/^More for Plan/)),
  "file-delete": at("/files", press(/^More for Plan/), pick("menuitem", "Delete")),
  "file-program": at("/files", press("Save Setup.exe")),
  file: at("/files/file/f_11"),
  "push-dialog": at("/files", press(/^Push Plan/)),
  "push-chat": at("/files", press(/^Push Plan/), pressIn("dialog", /Everybody in a chat/)),
  pushes: at("/files/pushes"),
  "pushes-empty": empty("/files/pushes"),
  push: at("/files/pushes", pick("link", /Plan for/)),
  "push-call-back": at("/files/pushes", pick("link", /Plan for/), press("Call back")),
  "files-received": at("/files/received"),

  // Search
  "search-start": at("/files", openSearch),
  search: at("/files", searching("plan"), (page) =>
    page
      .getByRole("option", { name: /Plan for the launch/ })
      .first()
      .waitFor(),
  ),
  "search-none": at("/files", searching("nowhere to be found"), until("Nothing found for")),

  // How connections did
  quality: at("/quality/old-meet-one"),

  // Notifications and webhooks
  notifications: at("/notifications"),
  "notification-choices": at("/notifications/choices"),
  "notification-telephone": at("/notifications/choices", scrollTo("Telephone for text messages")),
  "notification-telephone-code": at(
    "/notifications/choices",
    fill("Number with its country", "+49 1511 2345678"),
    press("Send a code"),
    async (page) => page.getByLabel("Code", { exact: true }).scrollIntoViewIfNeeded(),
  ),
  "notifications-empty": empty("/notifications"),
  "notifications-failed": failing("/notifications"),
  webhooks: at("/webhooks"),
  "webhooks-empty": empty("/webhooks"),
  "webhooks-failed": failing("/webhooks"),
  webhook: at("/webhooks", webhook),
  "webhook-new": at("/webhooks", press("Add a webhook")),
  "webhook-wrong": at(
    "/webhooks",
    press("Add a webhook"),
    fill("Address", "ftp://example"),
    press("Add the webhook"),
  ),
  "webhook-secret": at(
    "/webhooks",
    press("Add a webhook"),
    fill("Address", "https://hooks.example.com/door"),
    press("Add the webhook"),
  ),
  "webhook-edit": at("/webhooks", webhook, press("Edit")),
  "webhook-rotate": at("/webhooks", webhook, press("New secret")),
  "webhook-delete": at("/webhooks", webhook, press("Delete")),
  "webhook-delivery": at("/webhooks", webhook, press(/^Details of A meeting is over/)),

  // Before the meeting
  before: out(meeting),
  "before-signed-in": at(meeting),
  "before-link-ready": at(`${meeting}?new=1`),
  "before-device": out(meeting, press(/Camera/)),
  "before-blocked": { ...out(meeting), script: blocked },
  "before-name-missing": out(meeting, press("Join now")),
  "before-password": out("/m/pas-word-one", enter, until("asks for a password")),
  "before-no-meeting": out("/m/zzz-zzzz-zzz", enter, until("There is no such meeting")),
  lobby: out("/m/lob-byyy-one", enter, until("Waiting to be let in")),

  // The meeting
  "meeting-alone": asGuest("people=0"),
  "meeting-two": asGuest("people=1"),
  "meeting-grid": asGuest("people=8&hand=1", handRaised),
  "meeting-speaker": asGuest("people=5", item("Speaker layout")),
  "meeting-share": asGuest("people=4&share=1", (page) =>
    page.getByText("Ana Silva's screen").last().waitFor(),
  ),
  "meeting-chat": asGuest("people=4", press("Chat")),
  "meeting-offline": asGuest("people=3&offline=1", until("Chat waits")),
  "meeting-more": asHost("people=3", press("More")),
  "meeting-reactions": asGuest("people=3", press("React")),
  "meeting-leave": asHost("people=3", press("Leave")),
  "meeting-people": asHost("people=4&hand=1&lobby=1", handRaised, people),
  "meeting-person-menu": asHost("people=3", people, press("Acts for Ana Silva")),
  "meeting-person-remove": asHost(
    "people=3",
    people,
    press("Acts for Ana Silva"),
    pick("menuitem", "Remove from the meeting"),
  ),
  "meeting-hand-over": asHost(
    "people=3",
    people,
    press("Acts for Ana Silva"),
    pick("menuitem", "Hand the meeting over"),
  ),
  "polls-empty": asHost("people=3", item("Polls")),
  "polls-ask": asHost("people=3", draftPoll),
  polls: asHost("people=3", draftPoll, press("Start the poll")),
  "polls-closed": asHost(
    "people=3",
    draftPoll,
    press("Start the poll"),
    (page) => page.getByRole("radio").last().check(),
    press("Vote"),
    press("Close the poll"),
  ),
  breakouts: asHost(
    "people=4",
    item("Breakout rooms"),
    place("Ana Silva", "Room 1"),
    place("Bo Lindqvist", "Room 2"),
  ),
  "breakouts-room": asHost("people=4", item("Breakout rooms"), press("Room of Ana Silva")),
  "breakouts-open": asHost(
    "people=4",
    item("Breakout rooms"),
    place("Ana Silva", "Room 1"),
    press("Open the rooms"),
    press("Close in 60"),
  ),
  "meeting-devices": asGuest("people=2", item("Devices")),
  "meeting-shortcuts": asGuest("people=2", key("?")),
  left: asGuest("people=1", press("Leave")),
  ended: asHost("people=2", press("Leave"), pick("menuitem", "End meeting for everyone")),

  // Administration
  "admin-users": admin("users"),
  "admin-role": admin("users", press("Role of Ana Silva")),
  "admin-ban": admin("users", press(/^Ban /)),
  "admin-remove": admin("users", press(/^Remove Ana/)),
  "admin-meetings": admin("meetings"),
  "admin-end": admin("meetings", press("End Design review")),
  "admin-nodes": admin("nodes"),
  "admin-limits": admin("limits"),
  "admin-audit": admin("audit", press("Check the log"), until("The log holds")),
  "admin-failed": failing("/admin/users?admin=1"),
  "admin-not-yours": at("/admin/users"),

  // In Chinese
  "zh-home": inChinese("/"),
  "zh-account": inChinese("/account"),
  "zh-chats": inChinese("/chats"),
  "zh-files": inChinese("/files"),
  "zh-notifications": inChinese("/notifications"),
  "zh-webhooks": inChinese("/webhooks"),
  "zh-before": inChinese("/m/abc-defg-hij"),
  "zh-admin": inChinese("/admin/users?admin=1"),
};
