import { File, FileArchive, FileAudio, FileImage, FileText, FileVideo } from "lucide-react";

/** What kind of file it is, as a sign. */
export function FileIcon({ type }: { type: string }) {
  const [kind, exact = ""] = type.split("/");
  const Icon =
    kind === "image"
      ? FileImage
      : kind === "audio"
        ? FileAudio
        : kind === "video"
          ? FileVideo
          : kind === "text" || exact === "pdf" || exact.includes("document")
            ? FileText
            : /zip|tar|compressed/.test(exact)
              ? FileArchive
              : File;
  return <Icon size={20} aria-hidden="true" />;
}
