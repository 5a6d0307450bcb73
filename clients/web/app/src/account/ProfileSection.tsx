import type { User } from "@parley/client";
import { Avatar, Button, TextField } from "@parley/ui";
import { ImageUp } from "lucide-react";
import { useRef, useState, type ChangeEvent, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { parley } from "../system/parley";
import { Failure } from "./Failure";
import { smallEnough } from "./picture";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { useAct } from "./useAct";

/** Name, phone and picture. */
export function ProfileSection({ user }: { user: User }) {
  const { t } = useTranslation();
  const [nickname, setNickname] = useState(user.nickname ?? "");
  const [phone, setPhone] = useState(user.phone ?? "");
  const { busy, failure, act } = useAct();

  const save = (event: FormEvent) => {
    event.preventDefault();
    void act(async () => {
      const saved = await parley.account.updateProfile({ nickname, phone });
      setNickname(saved.nickname ?? "");
      setPhone(saved.phone ?? "");
      toasts.show(t("settings.saved"));
    });
  };
  return (
    <Section id="profile" title={t("settings.profile")}>
      <Picture user={user} />
      <form className={styles["form"]} onSubmit={save}>
        <Failure of={failure} />
        <TextField
          label={t("account.nickname")}
          value={nickname}
          onChange={setNickname}
          maxLength={50}
          autoComplete="name"
        />
        <TextField
          label={t("settings.phone")}
          hint={t("settings.phoneHint")}
          type="tel"
          value={phone}
          onChange={setPhone}
          maxLength={32}
          autoComplete="tel"
        />
        <div className={styles["acts"]}>
          <Button type="submit" variant="primary" busy={busy}>
            {t("settings.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Picture({ user }: { user: User }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { busy, failure, act } = useAct();

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    void act(async () => {
      await parley.account.uploadAvatar(await smallEnough(file));
      toasts.show(t("settings.pictureDone"));
    });
  };
  const remove = () =>
    act(async () => {
      await parley.account.updateProfile({ avatar: "" });
      toasts.show(t("settings.pictureDone"));
    });
  return (
    <div className={styles["picture"]}>
      <Avatar name={user.nickname || user.username} picture={user.avatar} size="large" />
      <div className={styles["form"]}>
        <Failure of={failure} />
        <div className={styles["acts"]}>
          <input
            ref={input}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            className="visually-hidden"
            aria-label={t("settings.picture")}
            tabIndex={-1}
            onChange={choose}
          />
          <Button
            busy={busy}
            icon={<ImageUp size={18} aria-hidden="true" />}
            onPress={() => input.current?.click()}
          >
            {t("settings.choosePicture")}
          </Button>
          {user.avatar ? (
            <Button variant="quiet" isDisabled={busy} onPress={() => void remove()}>
              {t("settings.removePicture")}
            </Button>
          ) : null}
        </div>
        <p className={styles["soft"]}>{t("settings.pictureHint")}</p>
      </div>
    </div>
  );
}
