import type { Meeting, PollDraft, PollRecord } from "@parley/client";
import { Button, Empty, IconButton, Notice, Switch, TextField } from "@parley/ui";
import { BarChart3, CircleAlert, Plus, X } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { Panel } from "./Panel";
import styles from "./polls.module.css";
import { useAttempt } from "./useAttempt";

const MAX_OPTIONS = 10;

/** Polls: hosts ask and close, everybody votes, and reads what came of it. */
export default function PollsPanel({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { t } = useTranslation();
  const [polls, setPolls] = useState(meeting.polls.all);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    const stopListening = meeting.polls.on("change", setPolls);
    const stopWatching = meeting.polls.watch();
    return () => {
      stopListening();
      stopWatching();
    };
  }, [meeting]);
  const asks = meeting.may("poll");

  return (
    <Panel title={t("polls.title")} onClose={onClose}>
      <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("polls.title")}>
        {asking ? <PollForm meeting={meeting} onDone={() => setAsking(false)} /> : null}
        {polls.length === 0 && !asking ? (
          <Empty>
            <BarChart3 size={28} aria-hidden="true" />
            <strong>{t("polls.empty")}</strong>
            <span>{t("polls.emptyText")}</span>
          </Empty>
        ) : null}
        {[...polls].reverse().map((poll) => (
          <Poll key={poll.id} poll={poll} meeting={meeting} asks={asks} />
        ))}
      </div>
      {asks && !asking ? (
        <div className={styles["foot"]}>
          <Button
            variant="primary"
            icon={<Plus size={18} aria-hidden="true" />}
            onPress={() => setAsking(true)}
          >
            {t("polls.ask")}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

function Poll({ poll, meeting, asks }: { poll: PollRecord; meeting: Meeting; asks: boolean }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<readonly number[]>(poll.mine);
  const { isBusy, attempt } = useAttempt();
  const choose = (option: number, on: boolean) => {
    if (!poll.multiple) return setChoices([option]);
    setChoices((before) => (on ? [...before, option].sort() : before.filter((one) => one !== option)));
  };
  const same = choices.length === poll.mine.length && choices.every((one, i) => one === poll.mine[i]);
  const voted = poll.mine.length > 0;

  return (
    <article className={styles["poll"]} aria-label={poll.question}>
      <header className={styles["head"]}>
        <h3>{poll.question}</h3>
        <span className={styles["state"]}>
          {t(poll.closed ? "polls.closed" : "polls.open")} · {t("polls.votes", { count: poll.votes })}
        </span>
      </header>
      {poll.closed ? (
        <Results poll={poll} />
      ) : (
        <>
          <fieldset className={styles["options"]}>
            <legend className="visually-hidden">{poll.question}</legend>
            {poll.options.map((option, index) => (
              <label key={option} className={styles["option"]}>
                <input
                  type={poll.multiple ? "checkbox" : "radio"}
                  name={poll.id}
                  checked={choices.includes(index)}
                  onChange={(event) => choose(index, event.target.checked)}
                />
                <span>{option}</span>
              </label>
            ))}
          </fieldset>
          <div className={styles["acts"]}>
            <Button
              variant="primary"
              busy={isBusy("vote")}
              isDisabled={choices.length === 0 || (voted && same)}
              onPress={() => attempt("vote", meeting.polls.vote(poll.id, choices))}
            >
              {t(voted ? "polls.change" : "polls.vote")}
            </Button>
            {asks ? (
              <Button busy={isBusy("close")} onPress={() => attempt("close", meeting.polls.close(poll.id))}>
                {t("polls.close")}
              </Button>
            ) : null}
          </div>
          {poll.results ? <Results poll={poll} /> : null}
        </>
      )}
    </article>
  );
}

function Results({ poll }: { poll: PollRecord }) {
  const { t } = useTranslation();
  const results = poll.results ?? [];
  return (
    <ul className={styles["results"]}>
      {poll.options.map((option, index) => {
        const count = results[index]?.count ?? 0;
        const share = poll.votes === 0 ? 0 : count / poll.votes;
        return (
          <li key={option} data-mine={poll.mine.includes(index) || undefined}>
            <span className={styles["resultName"]}>{option}</span>
            <span className={styles["count"]}>{count}</span>
            <span
              className={styles["bar"]}
              role="img"
              aria-label={t("polls.share", { option, count, total: poll.votes })}
            >
              <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function PollForm({ meeting, onDone }: { meeting: Meeting; onDone: () => void }) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState("");
  const [options, setOptions] = useState(["", ""]);
  const [multiple, setMultiple] = useState(false);
  const [named, setNamed] = useState(false);
  const [live, setLive] = useState(false);
  const [incomplete, setIncomplete] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = options.map((option) => option.trim()).filter((option) => option !== "");
    if (question.trim() === "" || given.length < 2 || new Set(given).size !== given.length) {
      return setIncomplete(true);
    }
    const draft: PollDraft = {
      question: question.trim(),
      options: given,
      multiple,
      anonymous: !named,
      show_results: live,
    };
    setBusy(true);
    try {
      await meeting.polls.ask(draft);
      onDone();
    } catch (error) {
      toasts.show(explain(t, error).text, "danger");
      setBusy(false);
    }
  };

  return (
    <form className={styles["form"]} onSubmit={(event) => void submit(event)}>
      {incomplete ? (
        <Notice tone="danger" role="alert" icon={<CircleAlert size={18} aria-hidden="true" />}>
          {t("polls.needed")}
        </Notice>
      ) : null}
      <TextField
        label={t("polls.question")}
        value={question}
        onChange={setQuestion}
        maxLength={300}
        autoComplete="off"
        autoFocus
      />
      {options.map((option, index) => (
        <div key={index} className={styles["answer"]}>
          <TextField
            label={t("polls.option", { number: index + 1 })}
            value={option}
            onChange={(text) => setOptions(options.map((one, i) => (i === index ? text : one)))}
            maxLength={200}
            autoComplete="off"
          />
          {options.length > 2 ? (
            <IconButton
              size="small"
              label={t("polls.removeOption", { number: index + 1 })}
              onPress={() => setOptions(options.filter((_, i) => i !== index))}
            >
              <X size={18} aria-hidden="true" />
            </IconButton>
          ) : null}
        </div>
      ))}
      {options.length < MAX_OPTIONS ? (
        <Button
          variant="quiet"
          icon={<Plus size={18} aria-hidden="true" />}
          onPress={() => setOptions([...options, ""])}
        >
          {t("polls.addOption")}
        </Button>
      ) : null}
      <Switch label={t("polls.multiple")} isOn={multiple} onChange={setMultiple} />
      <Switch label={t("polls.named")} isOn={named} onChange={setNamed} />
      <Switch label={t("polls.live")} isOn={live} onChange={setLive} />
      <div className={styles["acts"]}>
        <Button type="submit" variant="primary" busy={busy}>
          {t("polls.start")}
        </Button>
        <Button onPress={onDone}>{t("polls.cancel")}</Button>
      </div>
    </form>
  );
}
