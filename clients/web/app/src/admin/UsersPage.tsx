import type { ManagedUser, User } from "@parley/client";
import { Button, Segments, Select, TextField } from "@parley/ui";
import { useCallback, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { parley, useUser } from "../system/parley";
import { ActDialog, type Act } from "./ActDialog";
import styles from "./admin.module.css";
import { More, Row, Shown } from "./List";
import { useLoaded } from "./useLoaded";

const PAGE = 20;
const ROLES = ["user", "moderator", "admin"] as const;
const roleText = { user: "admin.roleUser", moderator: "admin.roleModerator", admin: "admin.roleAdmin" };

/** Everybody with an account: found, banned, given a role. */
export function UsersPage() {
  const { t } = useTranslation();
  const me = useUser();
  const [typed, setTyped] = useState("");
  const [keyword, setKeyword] = useState("");
  const [status, setStatus] = useState("");
  const [count, setCount] = useState(PAGE);
  const [act, setAct] = useState<Act>();
  const load = useCallback(
    async () => (await parley.admin()).users({ keyword, status, pageSize: Math.min(count, 100) }),
    [keyword, status, count],
  );
  const users = useLoaded(load);
  const search = (event: FormEvent) => {
    event.preventDefault();
    setKeyword(typed.trim());
    setCount(PAGE);
  };
  return (
    <>
      <form className={styles["filter"]} role="search" onSubmit={search}>
        <TextField
          label={t("admin.search")}
          value={typed}
          onChange={setTyped}
          maxLength={100}
          type="search"
        />
        <Button type="submit">{t("admin.find")}</Button>
        <Segments
          label={t("admin.status")}
          value={status || "all"}
          onChange={(id) => setStatus(id === "all" ? "" : id)}
          choices={[
            { id: "all", label: t("admin.everybody") },
            { id: "active", label: t("admin.active") },
            { id: "banned", label: t("admin.banned") },
          ]}
        />
      </form>
      <Shown loaded={users}>
        {(page) =>
          page.list.length === 0 ? (
            <p className={styles["empty"]}>{t("admin.nobody")}</p>
          ) : (
            <>
              <ul className={styles["rows"]}>
                {page.list.map((user) => (
                  <UserRow key={user.id} user={user} me={me!} onAct={setAct} onChanged={users.reload} />
                ))}
              </ul>
              <More
                shown={page.list.length}
                total={Math.min(page.total, 100)}
                onMore={() => setCount(count + PAGE)}
              />
            </>
          )
        }
      </Shown>
      {act ? (
        <ActDialog
          act={act}
          onClose={(done) => {
            setAct(undefined);
            if (done) users.reload();
          }}
        />
      ) : null}
    </>
  );
}

interface UserRowProps {
  user: ManagedUser;
  me: User;
  onAct: (act: Act) => void;
  onChanged: () => void;
}

function UserRow({ user, me, onAct, onChanged }: UserRowProps) {
  const { t, i18n } = useTranslation();
  const reason = useRef("");
  const date = (text: string) => new Date(text).toLocaleDateString(localeOf(i18n.language));
  const name = user.nickname || user.username;
  const isAdmin = me.role === "admin";
  const own = user.id === me.id;
  const mayBan = !own && (isAdmin || user.role === "user");

  const giveRole = async (role: string) => {
    if (role === user.role) return;
    try {
      await (await parley.admin()).changeUser(user.id, { role });
      toasts.show(t("admin.roleDone", { name, role: t(roleText[role as keyof typeof roleText]) }));
    } catch (error) {
      toasts.show(explain(t, error).text, "danger");
    }
    onChanged();
  };
  const ban = () => {
    reason.current = "";
    onAct({
      title: t("admin.banTitle", { name }),
      text: t("admin.banText"),
      label: t("admin.ban"),
      done: t("admin.banDone", { name }),
      body: <Reason onChange={(text) => (reason.current = text)} />,
      run: async () => (await parley.admin()).ban(user.id, reason.current),
    });
  };
  const unban = async () => {
    try {
      await (await parley.admin()).unban(user.id);
      toasts.show(t("admin.unbanDone", { name }));
    } catch (error) {
      toasts.show(explain(t, error).text, "danger");
    }
    onChanged();
  };
  const remove = () =>
    onAct({
      title: t("admin.removeTitle", { name }),
      text: t("admin.removeText"),
      label: t("admin.remove"),
      done: t("admin.removeDone", { name }),
      run: async () => (await parley.admin()).removeUser(user.id),
    });

  return (
    <Row
      title={name}
      badge={
        user.status === "banned"
          ? { text: t("admin.banned"), tone: "danger" }
          : user.role === "user"
            ? undefined
            : { text: t(roleText[user.role as keyof typeof roleText]), tone: "good" }
      }
      lines={[
        user.email ? `${user.username}, ${user.email}` : user.username,
        `${t("admin.since", { date: date(user.created_at) })}, ${
          user.last_login ? t("admin.lastSeen", { date: date(user.last_login) }) : t("admin.neverSeen")
        }`,
      ]}
      actions={
        <>
          {isAdmin && !own ? (
            <Select
              compact
              label={t("admin.roleOf", { name })}
              placeholder={t("admin.roleUser")}
              value={user.role}
              onChange={(role) => void giveRole(role)}
              choices={ROLES.map((id) => ({ id, label: t(roleText[id]) }))}
            />
          ) : null}
          {mayBan && user.status === "active" ? (
            <Button onPress={ban} aria-label={t("admin.banNamed", { name })}>
              {t("admin.ban")}
            </Button>
          ) : null}
          {mayBan && user.status === "banned" ? (
            <Button onPress={() => void unban()} aria-label={t("admin.unbanNamed", { name })}>
              {t("admin.unban")}
            </Button>
          ) : null}
          {isAdmin && !own ? (
            <Button variant="quiet" onPress={remove} aria-label={t("admin.removeNamed", { name })}>
              {t("admin.remove")}
            </Button>
          ) : null}
        </>
      }
    />
  );
}

function Reason({ onChange }: { onChange: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextField label={t("admin.reason")} hint={t("admin.reasonHint")} maxLength={200} onChange={onChange} />
  );
}
