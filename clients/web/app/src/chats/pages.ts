import { withChat } from "../chat/texts";

export const chatsPage = () => withChat(import("./ChatsPage"));
export const chatsLink = () => withChat(import("../shell/PersonLinks"));
