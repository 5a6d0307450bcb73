import { withChat } from "../chat/texts";
import { withNotifications } from "../notifications/texts";

export const chatsPage = () => withChat(import("./ChatsPage"));
export const chatsLink = () => withChat(withNotifications(import("../shell/PersonLinks")));
