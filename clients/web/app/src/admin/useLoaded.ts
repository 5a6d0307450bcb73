import { useCallback, useEffect, useRef, useState } from "react";

export interface Loaded<T> {
  data: T | undefined;
  failure: unknown;
  reload: () => void;
}

/** What `load` gives, loaded anew when `load` is another; what a slower, older load gives is dropped. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ data: T | undefined; failure: unknown }>({
    data: undefined,
    failure: undefined,
  });
  const turn = useRef(0);
  const reload = useCallback(() => {
    const mine = ++turn.current;
    load().then(
      (data) => mine === turn.current && setState({ data, failure: undefined }),
      (failure: unknown) => mine === turn.current && setState((before) => ({ ...before, failure })),
    );
  }, [load]);
  useEffect(() => {
    reload();
    return () => void turn.current++;
  }, [reload]);
  return { ...state, reload };
}
