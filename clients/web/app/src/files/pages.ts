import { withChat } from "../chat/texts";

/** Whom to push to is found as for chats: their texts come too. */
export const filesPage = () => withChat(import("./FilesPage"));
