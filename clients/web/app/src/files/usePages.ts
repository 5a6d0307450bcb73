import type { Page } from "@parley/client";
import { useCallback, useEffect, useState } from "react";

/** A list that is read page by page: what was read, whether there is more, and reading it anew. */
export function usePages<T>(read: (page: number) => Promise<Page<T>>) {
  const [state, setState] = useState<{ list: T[]; page: number; more: boolean }>();
  const [failure, setFailure] = useState<unknown>();
  const load = useCallback(
    (page: number) =>
      read(page).then(
        (found) => {
          setFailure(undefined);
          setState((before) => ({
            list: page === 1 ? found.list : [...(before?.list ?? []), ...found.list],
            page,
            more: page < found.total_pages,
          }));
        },
        (error: unknown) => setFailure(error),
      ),
    [read],
  );
  const reload = useCallback(() => void load(1), [load]);
  useEffect(reload, [reload]);
  return {
    list: state?.list,
    more: state?.more ?? false,
    failure,
    reload,
    next: () => load((state?.page ?? 0) + 1),
  };
}
