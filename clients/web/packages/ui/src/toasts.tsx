import { useSyncExternalStore, type ReactNode } from "react";
import styles from "./toasts.module.css";

interface Toast {
  id: number;
  content: ReactNode;
  tone: "info" | "danger";
}

/** Short news at the edge of the screen, announced politely; nothing steals focus. */
export class ToastQueue {
  private toasts: readonly Toast[] = [];
  private readonly listeners = new Set<() => void>();
  private lastId = 0;

  constructor(private readonly millis = 5_000) {}

  show(content: ReactNode, tone: "info" | "danger" = "info"): void {
    const id = ++this.lastId;
    this.set([...this.toasts.slice(-3), { id, content, tone }]);
    setTimeout(() => this.set(this.toasts.filter((toast) => toast.id !== id)), this.millis);
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly snapshot = () => this.toasts;

  private set(toasts: readonly Toast[]): void {
    this.toasts = toasts;
    for (const listener of this.listeners) listener();
  }
}

export function ToastRegion({ queue, label }: { queue: ToastQueue; label: string }) {
  const toasts = useSyncExternalStore(queue.subscribe, queue.snapshot);
  return (
    <div className={styles["region"]} role="status" aria-live="polite" aria-label={label}>
      {toasts.map((toast) => (
        <div key={toast.id} className={styles["toast"]} data-tone={toast.tone}>
          {toast.content}
        </div>
      ))}
    </div>
  );
}
