// The REST API as a test uses it: every reply is { status, error, data }, nothing throws for a refusal.
import { randomBytes } from "node:crypto";
import { url } from "./system.mjs";

export const PASSWORD = "Correct-horse-7";

export async function call(method, path, { body, token } = {}) {
  const response = await fetch(`${url()}/api/v1${path}`, {
    method,
    headers: {
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const envelope = await response.json().catch(() => ({}));
  const waitSeconds = Number(response.headers.get("Retry-After") ?? 0);
  return { status: response.status, error: envelope.error, data: envelope.data, waitSeconds };
}

async function must(promise, what) {
  const reply = await promise;
  if (reply.status >= 300) throw new Error(`${what}: ${reply.status} ${reply.error}`);
  return reply.data;
}

/** A new account, signed in. An installation that holds its limits is given the time that it asks for. */
export async function newUser(nickname) {
  const username = `t_${randomBytes(6).toString("hex")}`;
  const body = { username, email: `${username}@example.org`, password: PASSWORD, nickname };
  const deadline = Date.now() + 60_000;
  for (;;) {
    const reply = await call("POST", "/register", { body });
    if (reply.error !== "rate.limited" || Date.now() > deadline) {
      await must(reply, "register");
      return login(username);
    }
    await new Promise((done) => setTimeout(done, 1_000 * Math.max(1, reply.waitSeconds)));
  }
}

export async function login(username) {
  const data = await must(call("POST", "/login", { body: { username, password: PASSWORD } }), "login");
  return { username, id: data.user.id, token: data.token };
}

/** Signs in after a change of role, which takes back the tokens of that very second, too. */
export async function loginAfterChange(username) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const user = await login(username);
    if ((await call("GET", "/profile", { token: user.token })).status === 200) return user;
    if (Date.now() > deadline) throw new Error(`no token of ${username} is taken after a change of role`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** A meeting of this user, going on. */
export async function newMeeting(host, draft = {}) {
  const body = { title: "Test meeting", ...draft };
  const meeting = await must(call("POST", "/meetings", { body, token: host.token }), "create meeting");
  return meeting.meeting_id;
}

export const join = (code, token, body = {}) => call("POST", `/meetings/${code}/join`, { body, token });
export const guest = (code, body) => call("POST", `/meetings/${code}/guests`, { body });
