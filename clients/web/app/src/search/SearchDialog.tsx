import { Dialog } from "@parley/ui";
import { FileSearch, SearchX } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "../shell/router";
import { explain } from "../system/errors";
import { FoundFile, FoundMeeting, FoundMessage, placeOf } from "./FoundItems";
import styles from "./search.module.css";
import { KINDS, useSearch, type Groups, type Hits, type Kind } from "./useSearch";

/** What the arrow keys go through: what was found, and how to get more of it. */
interface Choice {
  readonly key: string;
  readonly kind: Kind;
  /** Absent for what gets more. */
  readonly hit?: Hits[Kind];
  readonly to?: string;
}

/** One box that looks for everything: the field keeps the focus, the arrow keys choose among what is below. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState<string>();
  const { words, askable, groups, more, again } = useSearch(typed);
  const box = useRef<HTMLDivElement>(null);
  const choices = choicesOf(groups);
  const place = Math.max(
    0,
    choices.findIndex(({ key }) => key === active),
  );
  const chosen = choices[place];
  const idOf = (choice: Choice) => `${list}-${choices.indexOf(choice)}`;

  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  // Who asks for more goes on with the first that came.
  const grown = useRef<{ kind: Kind; from: number }>(undefined);
  useEffect(() => {
    const hit = grown.current && groups[grown.current.kind].found[grown.current.from];
    if (!hit) return;
    setActive(keyOf(grown.current!.kind, hit));
    grown.current = undefined;
  }, [groups]);

  const take = (choice: Choice) => {
    if (!choice.to) {
      grown.current = { kind: choice.kind, from: groups[choice.kind].found.length };
      return more(choice.kind);
    }
    onClose();
    navigate(choice.to);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || choices.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.abs(step) === 1 ? place + step + choices.length : place + step;
      const within =
        Math.abs(step) === 1 ? next % choices.length : Math.min(choices.length - 1, Math.max(0, next));
      setActive(choices[within]!.key);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      // What stands first for the question before is not what was asked for.
      if (active !== undefined || !groups[chosen.kind].waiting) take(chosen);
    }
  };

  const count = choices.filter(({ hit }) => hit).length;
  const waiting = KINDS.some((kind) => groups[kind].waiting);
  const failed = KINDS.some((kind) => groups[kind].failure);
  const nothing = askable && count === 0 && !waiting && !failed;
  return (
    <Dialog title={t("search.title")} closeLabel={t("app.close")} isOpen onClose={onClose}>
      <div className={styles["field"]} role="search">
        <input
          className={styles["input"]}
          type="text"
          role="combobox"
          autoFocus
          aria-label={t("search.label")}
          aria-expanded={choices.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-describedby={`${list}-hint`}
          {...(chosen ? { "aria-activedescendant": idOf(chosen) } : {})}
          placeholder={t("search.label")}
          maxLength={200}
          autoComplete="off"
          spellCheck="false"
          enterKeyHint="search"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setActive(undefined);
          }}
          onKeyDown={press}
        />
      </div>
      <p id={`${list}-hint`} className={askable ? "visually-hidden" : (styles["hint"] ?? "")}>
        {askable ? null : <FileSearch size={28} aria-hidden="true" />}
        <span>{t("search.hint")}</span> <span className={styles["keys"]}>{t("search.keys")}</span>
      </p>
      <p className="visually-hidden" aria-live="polite">
        {!askable ? "" : waiting ? t("search.waiting") : nothing ? "" : t("search.found", { count })}
      </p>
      <div className={styles["waits"]} data-waiting={(askable && waiting) || undefined} aria-hidden="true" />
      <div
        id={list}
        ref={box}
        role="listbox"
        aria-label={t("search.results")}
        aria-busy={waiting}
        className={styles["results"]}
        hidden={choices.length === 0}
      >
        {KINDS.map((kind) => {
          const here = choices.filter((choice) => choice.kind === kind);
          if (here.length === 0) return null;
          return (
            <div key={kind} role="group" aria-labelledby={`${list}-${kind}`} className={styles["group"]}>
              <div id={`${list}-${kind}`} role="presentation" className={styles["kind"]}>
                {t(`search.${kind}`)}
              </div>
              {here.map((choice) => (
                <div
                  key={choice.key}
                  id={idOf(choice)}
                  role="option"
                  aria-selected={choice === chosen}
                  className={styles["option"]}
                  data-more={!choice.hit || undefined}
                  // The field keeps the focus.
                  onPointerDown={(event) => event.preventDefault()}
                  onPointerMove={() => setActive(choice.key)}
                  onClick={() => take(choice)}
                >
                  <Hit choice={choice} words={words} />
                </div>
              ))}
            </div>
          );
        })}
      </div>
      <div aria-live="polite">
        {askable
          ? KINDS.map((kind) => {
              const { failure } = groups[kind];
              if (!failure) return null;
              const named = { kind: t(`search.${kind}`) };
              if (failure.code === "store.waking")
                return (
                  <p key={kind} className={styles["failed"]}>
                    {t("search.waking", named)}
                  </p>
                );
              const { text, reference } = explain(t, failure);
              return (
                <p key={kind} className={styles["failed"]}>
                  {t("search.failed", named)} {text}
                  {reference ? ` ${t("app.reference")}: ${reference}` : ""}{" "}
                  <button type="button" className={styles["again"]} onClick={() => again(kind)}>
                    {t("search.again")}
                  </button>
                </p>
              );
            })
          : null}
        {nothing ? (
          <div className={styles["none"]}>
            <SearchX size={28} aria-hidden="true" />
            <strong>{t("search.none", { words })}</strong>
            <span>{t("search.noneText")}</span>
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}

function Hit({ choice, words }: { choice: Choice; words: string }) {
  const { t } = useTranslation();
  const { kind, hit } = choice;
  if (!hit) return t("search.more", { kind: t(`search.${kind}`) });
  if (kind === "messages") return <FoundMessage hit={hit as Hits["messages"]} words={words} />;
  if (kind === "files") return <FoundFile hit={hit as Hits["files"]} words={words} />;
  return <FoundMeeting hit={hit as Hits["meetings"]} words={words} />;
}

const keyOf = (kind: Kind, hit: Hits[Kind]): string => `${kind}${placeOf(kind, hit)}`;

function choicesOf(groups: Groups): readonly Choice[] {
  return KINDS.flatMap((kind) => {
    const { found, cursor } = groups[kind];
    const hits: Choice[] = found.map((hit) => {
      return { key: keyOf(kind, hit), kind, hit, to: placeOf(kind, hit) };
    });
    return cursor ? [...hits, { key: `${kind}more`, kind }] : hits;
  });
}
