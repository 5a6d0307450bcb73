import ChatsLink from "../chats/ChatsLink";
import { FilesLink } from "../files/FilesLink";
import InboxNotice from "../files/InboxNotice";
import { NotificationsLink } from "../notifications/NotificationsLink";
import { SearchLink } from "../search/SearchLink";

/** Where somebody goes who is signed in, and what comes to them meanwhile. */
export default function PersonLinks() {
  return (
    <>
      <ChatsLink />
      <FilesLink />
      <NotificationsLink />
      <SearchLink />
      <InboxNotice />
    </>
  );
}
