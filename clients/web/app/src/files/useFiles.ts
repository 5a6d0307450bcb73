import type { Files } from "@parley/client";
import { useEffect, useState } from "react";
import { parley, useUser } from "../system/parley";

/** Files of who is here, once they can be asked for; a guest's too, who may only read. */
export function useFiles(): Files | undefined {
  const user = useUser()?.id;
  const [files, setFiles] = useState<Files>();
  useEffect(() => {
    let gone = false;
    setFiles(undefined);
    // Code that does not load, for want of a connection, loads when there is one.
    const attempt = () =>
      void parley.files().then(
        (found) => !gone && setFiles(found),
        () => !gone && window.addEventListener("online", attempt, { once: true }),
      );
    attempt();
    return () => {
      gone = true;
      window.removeEventListener("online", attempt);
    };
  }, [user]);
  return files;
}
