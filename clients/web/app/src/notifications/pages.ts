import { withNotifications } from "./texts";

export const notificationsPage = () => withNotifications(import("./NotificationsPage"));
