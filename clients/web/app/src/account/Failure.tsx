import { Notice } from "@parley/ui";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { explain } from "../system/errors";

/** What failed, said at once; nothing when nothing did. */
export function Failure({ of }: { of: unknown }) {
  const { t } = useTranslation();
  if (!of) return null;
  const { text, reference } = explain(t, of);
  return (
    <Notice tone="danger" role="alert" icon={<CircleAlert size={18} aria-hidden="true" />}>
      {text}
      {reference ? ` ${t("app.reference")}: ${reference}` : ""}
    </Notice>
  );
}
