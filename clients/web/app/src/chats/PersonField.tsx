import { asParleyError, type Conversations, type UserCard } from "@parley/client";
import { Button, TextField } from "@parley/ui";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import styles from "./chats.module.css";

interface PersonFieldProps {
  conversations: Conversations;
  label?: string;
  variant?: "primary" | "secondary";
  /** What is done with who was found; what it throws is said below the field. */
  onFound: (person: UserCard) => Promise<void> | void;
}

/** Finds somebody by exactly what they are called. */
export function PersonField({ conversations, label, variant, onFound }: PersonFieldProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const find = async (event: FormEvent) => {
    event.preventDefault();
    const asked = name.trim();
    if (asked === "") return;
    setBusy(true);
    setWrong(undefined);
    try {
      const card = await conversations.lookUp(asked);
      if (card.user_id === parley.account.user?.id) setWrong(t("chats.yourself"));
      else {
        await onFound(card);
        setName("");
      }
    } catch (error) {
      const nobody = asParleyError(error).code === "user.not_found";
      setWrong(nobody ? t("chats.nobody", { name: asked }) : explain(t, error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles["find"]} onSubmit={(event) => void find(event)}>
      <TextField
        label={t("chats.username")}
        hint={t("chats.usernameHint")}
        value={name}
        onChange={(value) => {
          setName(value);
          setWrong(undefined);
        }}
        error={wrong}
        autoComplete="off"
        spellCheck="false"
        maxLength={254}
      />
      <Button type="submit" variant={variant ?? "secondary"} busy={busy} isDisabled={name.trim() === ""}>
        {label ?? t("chats.addPerson")}
      </Button>
    </form>
  );
}
