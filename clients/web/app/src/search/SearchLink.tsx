import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import links from "../chats/link.module.css";
import styles from "./search.module.css";
import { withSearch } from "./texts";

const SearchDialog = lazy(() => withSearch(import("./SearchDialog")));

/** The way to search: a button, Ctrl+K or Cmd+K anywhere, and a slash where nobody types. */
export function SearchLink() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.altKey || event.shiftKey || event.repeat) return;
      const held = event.ctrlKey || event.metaKey;
      const wanted = held ? event.key.toLowerCase() === "k" : event.key === "/" && !isBusy(event.target);
      if (!wanted || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <Button
        className={`${links["link"]} ${styles["way"]}`}
        aria-keyshortcuts="Control+K Meta+K /"
        onPress={() => setOpen(true)}
      >
        <Search size={20} aria-hidden="true" />
        <span className={links["words"]}>{t("chats.find")}</span>
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <SearchDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox]") !== null
  );
}
