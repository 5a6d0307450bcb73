import { asParleyError, type DeviceRecord, type DeviceReply } from "@parley/client";
import { Button, Dialog, IconButton, Notice, Select, Skeleton, Switch, TextField } from "@parley/ui";
import { Copy, KeyRound, Monitor, Plus, Smartphone } from "lucide-react";
import { useCallback, useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../account/Failure";
import { Section } from "../account/Section";
import styles from "../account/settings.module.css";
import { useAct } from "../account/useAct";
import { useFiles } from "../files/useFiles";
import { useBrowserName, useInbox } from "../files/useInbox";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { useUser } from "../system/parley";

const KINDS = [
  "laptop",
  "desktop",
  "phone",
  "tablet",
  "server",
  "kiosk",
  "meter",
  "camera",
  "box",
  "other",
] as const;
const LONGEST_NAME = 80;

/** The devices to which files are pushed: this browser, others, and some without a person, each with a credential of its own. */
export default function DevicesSection() {
  const { t } = useTranslation();
  const files = useFiles();
  const inbox = useInbox(files);
  const browser = useBrowserName();
  const [devices, setDevices] = useState<DeviceRecord[]>();
  const [failure, setFailure] = useState<unknown>();
  const [registering, setRegistering] = useState(false);
  const [fresh, setFresh] = useState<DeviceReply>();
  const [revoked, setRevoked] = useState<DeviceRecord>();
  const { busy, failure: refusal, act } = useAct();

  const load = useCallback(() => {
    setFailure(undefined);
    files?.devices({ pageSize: 100 }).then(({ list }) => setDevices(list), setFailure);
  }, [files]);
  useEffect(load, [load]);

  const here = inbox?.device;
  const receive = () =>
    act(async () => {
      await inbox!.register(browser);
      load();
    });
  const revoke = (device: DeviceRecord) => {
    setRevoked(undefined);
    void act(async () => {
      await files!.removeDevice(device.device_id).catch((error: unknown) => {
        if (asParleyError(error).code !== "device.not_found") throw error;
      });
      toasts.show(t("devices.revoked", { name: device.name }));
      load();
    });
  };
  return (
    <Section id="devices" title={t("devices.title")} text={t("devices.text")}>
      <Failure of={refusal} />
      {failure ? (
        <div className={styles["form"]}>
          <p>
            {t("devices.failed")} {explain(t, failure).text}
          </p>
          <div className={styles["acts"]}>
            <Button onPress={load}>{t("app.tryAgain")}</Button>
          </div>
        </div>
      ) : devices === undefined ? (
        <Skeleton />
      ) : (
        <>
          {devices.length === 0 ? <p className={styles["soft"]}>{t("devices.none")}</p> : null}
          <ul className={styles["sessions"]}>
            {devices.map((device) => (
              <DeviceRow
                key={device.device_id}
                device={device}
                here={device.device_id === here}
                onRevoke={setRevoked}
              />
            ))}
          </ul>
        </>
      )}
      <div className={styles["acts"]}>
        {inbox && !here ? (
          <Button busy={busy} onPress={() => void receive()}>
            {t("devices.receive")}
          </Button>
        ) : null}
        <Button
          icon={<Plus size={18} aria-hidden="true" />}
          isDisabled={!files}
          onPress={() => setRegistering(true)}
        >
          {t("devices.register")}
        </Button>
      </div>
      {registering && files ? (
        <RegisterDialog
          register={(draft) => files.registerDevice(draft)}
          onClose={() => setRegistering(false)}
          onRegistered={(reply) => {
            setRegistering(false);
            if (reply.credential) setFresh(reply);
            load();
          }}
        />
      ) : null}
      {fresh ? <CredentialDialog reply={fresh} onClose={() => setFresh(undefined)} /> : null}
      {revoked ? (
        <Dialog
          title={t("devices.revokeTitle", { name: revoked.name })}
          closeLabel={t("app.close")}
          isOpen
          onClose={() => setRevoked(undefined)}
          actions={
            <>
              <Button onPress={() => setRevoked(undefined)}>{t("devices.keep")}</Button>
              <Button variant="danger" onPress={() => revoke(revoked)}>
                {t("devices.revoke")}
              </Button>
            </>
          }
        >
          <p>{t("devices.revokeText")}</p>
        </Dialog>
      ) : null}
    </Section>
  );
}

interface DeviceRowProps {
  device: DeviceRecord;
  here: boolean;
  onRevoke: (device: DeviceRecord) => void;
}

function DeviceRow({ device, here, onRevoke }: DeviceRowProps) {
  const { t, i18n } = useTranslation();
  const { name, kind, credential, last_seen } = device;
  const Icon = kind === "phone" || kind === "tablet" ? Smartphone : credential ? KeyRound : Monitor;
  const seen = last_seen
    ? t("devices.seen", {
        time: new Date(last_seen).toLocaleString(localeOf(i18n.language), {
          dateStyle: "medium",
          timeStyle: "short",
        }),
      })
    : t("devices.never");
  return (
    <li className={styles["session"]}>
      <Icon size={24} aria-hidden="true" />
      <div className={styles["what"]}>
        <strong>{name}</strong>
        <span className={styles["soft"]}>
          {[t(`devices.kinds.${kind}`), ...(credential ? [t("devices.byItself")] : [])].join(" · ")}
        </span>
        <span className={styles["soft"]}>{here ? t("devices.here") : seen}</span>
      </div>
      <Button
        variant="quiet"
        aria-label={t("devices.revokeNamed", { name })}
        onPress={() => onRevoke(device)}
      >
        {t("devices.revoke")}
      </Button>
    </li>
  );
}

interface RegisterDialogProps {
  register: (draft: {
    name: string;
    kind: (typeof KINDS)[number];
    credential: boolean;
    shared: boolean;
  }) => Promise<DeviceReply>;
  onClose: () => void;
  onRegistered: (reply: DeviceReply) => void;
}

function RegisterDialog({ register, onClose, onRegistered }: RegisterDialogProps) {
  const { t } = useTranslation();
  const isAdmin = useUser()?.role === "admin";
  const [name, setName] = useState("");
  const [kind, setKind] = useState<(typeof KINDS)[number]>("laptop");
  const [credential, setCredential] = useState(true);
  const [shared, setShared] = useState(false);
  const [tried, setTried] = useState(false);
  const { busy, failure, act } = useAct();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "") return;
    void act(async () =>
      onRegistered(await register({ name: name.trim(), kind, credential: credential || shared, shared })),
    );
  };
  return (
    <Dialog title={t("devices.register")} closeLabel={t("app.close")} isOpen onClose={onClose}>
      <form className={styles["form"]} onSubmit={submit}>
        <TextField
          label={t("devices.name")}
          value={name}
          onChange={setName}
          maxLength={LONGEST_NAME}
          autoFocus
          error={tried && name.trim() === "" ? t("devices.nameMissing") : undefined}
        />
        <Select
          label={t("devices.kind")}
          showLabel
          placeholder={t("devices.kind")}
          choices={KINDS.map((id) => ({ id, label: t(`devices.kinds.${id}`) }))}
          value={kind}
          onChange={(id) => setKind(id as (typeof KINDS)[number])}
        />
        <Switch
          label={t("devices.ownCredential")}
          hint={t("devices.ownCredentialHint")}
          isOn={credential || shared}
          onChange={setCredential}
        />
        {isAdmin ? <Switch label={t("devices.shared")} isOn={shared} onChange={setShared} /> : null}
        <Failure of={failure} />
        <Button type="submit" variant="primary" busy={busy} wide>
          {t("devices.register")}
        </Button>
      </form>
    </Dialog>
  );
}

function CredentialDialog({ reply, onClose }: { reply: DeviceReply; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = () =>
    void navigator.clipboard.writeText(reply.credential ?? "").then(() => toasts.show(t("devices.copied")));
  return (
    <Dialog
      title={t("devices.credentialTitle", { name: reply.device.name })}
      closeLabel={t("app.close")}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          {t("devices.close")}
        </Button>
      }
    >
      <div className={styles["form"]}>
        <Notice icon={<KeyRound size={18} aria-hidden="true" />}>{t("devices.credentialText")}</Notice>
        <TextField label={t("devices.deviceId")} value={reply.device.device_id} isReadOnly />
        <div className={styles["copied"]}>
          <TextField label={t("devices.credential")} value={reply.credential ?? ""} isReadOnly />
          <IconButton label={t("devices.copyCredential")} onPress={copy}>
            <Copy size={18} aria-hidden="true" />
          </IconButton>
        </div>
      </div>
    </Dialog>
  );
}
