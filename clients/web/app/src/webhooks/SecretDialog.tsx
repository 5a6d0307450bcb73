import { Button, Dialog, IconButton, Notice, TextField } from "@parley/ui";
import { Copy, KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import settings from "../account/settings.module.css";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";

interface SecretDialogProps {
  secret: string;
  /** Until when the one before is good, where there was one. */
  previousUntil?: string;
  onClose: () => void;
}

/** A webhook's secret, shown once. */
export function SecretDialog({ secret, previousUntil, onClose }: SecretDialogProps) {
  const { t, i18n } = useTranslation();
  const copy = () => void navigator.clipboard.writeText(secret).then(() => toasts.show(t("webhooks.copied")));
  const until =
    previousUntil &&
    new Date(previousUntil).toLocaleString(localeOf(i18n.language), {
      dateStyle: "medium",
      timeStyle: "short",
    });
  return (
    <Dialog
      title={t("webhooks.secretTitle")}
      closeLabel={t("app.close")}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          {t("webhooks.close")}
        </Button>
      }
    >
      <div className={settings["form"]}>
        <Notice icon={<KeyRound size={18} aria-hidden="true" />}>
          {t("webhooks.secretText")} {until ? t("webhooks.secretUntil", { time: until }) : null}
        </Notice>
        <div className={settings["copied"]}>
          <TextField label={t("webhooks.secret")} value={secret} isReadOnly />
          <IconButton label={t("webhooks.copySecret")} onPress={copy}>
            <Copy size={18} aria-hidden="true" />
          </IconButton>
        </div>
      </div>
    </Dialog>
  );
}
