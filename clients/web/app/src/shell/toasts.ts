import { ToastQueue } from "@parley/ui";

export const toasts = new ToastQueue();
