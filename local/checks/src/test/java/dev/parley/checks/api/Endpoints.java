package dev.parley.checks.api;

import static dev.parley.checks.api.Endpoint.Caller.ADMIN;
import static dev.parley.checks.api.Endpoint.Caller.ANYBODY;
import static dev.parley.checks.api.Endpoint.Caller.GUEST;
import static dev.parley.checks.api.Endpoint.Caller.MODERATOR;
import static dev.parley.checks.api.Endpoint.Caller.USER;

import dev.parley.contracts.admin.AccountChange;
import dev.parley.contracts.admin.AuditCheck;
import dev.parley.contracts.admin.AuditEntryView;
import dev.parley.contracts.admin.BanRequest;
import dev.parley.contracts.admin.HealthDetail;
import dev.parley.contracts.admin.LimitView;
import dev.parley.contracts.admin.LimitsChange;
import dev.parley.contracts.admin.NodeView;
import dev.parley.contracts.admin.RoomStats;
import dev.parley.contracts.admin.SystemStats;
import dev.parley.contracts.files.DeliveryReport;
import dev.parley.contracts.files.DeliveryView;
import dev.parley.contracts.files.DeviceDraft;
import dev.parley.contracts.files.DeviceReply;
import dev.parley.contracts.files.DeviceSignIn;
import dev.parley.contracts.files.DeviceToken;
import dev.parley.contracts.files.DeviceView;
import dev.parley.contracts.files.FileAddress;
import dev.parley.contracts.files.FileDraft;
import dev.parley.contracts.files.FileManifest;
import dev.parley.contracts.files.FileReply;
import dev.parley.contracts.files.FileSearchReply;
import dev.parley.contracts.files.FileView;
import dev.parley.contracts.files.PartsRequest;
import dev.parley.contracts.files.PendingPushes;
import dev.parley.contracts.files.PushDraft;
import dev.parley.contracts.files.PushView;
import dev.parley.contracts.files.ShareRequest;
import dev.parley.contracts.files.UploadView;
import dev.parley.contracts.identity.AccountDeletion;
import dev.parley.contracts.identity.CsrfToken;
import dev.parley.contracts.identity.ForgottenPassword;
import dev.parley.contracts.identity.Health;
import dev.parley.contracts.identity.LoginRequest;
import dev.parley.contracts.identity.PasswordChange;
import dev.parley.contracts.identity.PasswordReset;
import dev.parley.contracts.identity.Profile;
import dev.parley.contracts.identity.ProfileUpdate;
import dev.parley.contracts.identity.RefreshRequest;
import dev.parley.contracts.identity.RegisterRequest;
import dev.parley.contracts.identity.SessionView;
import dev.parley.contracts.identity.TokenReply;
import dev.parley.contracts.identity.UserCard;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.media.MediaRestart;
import dev.parley.contracts.meetings.AnnouncementRequest;
import dev.parley.contracts.meetings.BreakoutAssignments;
import dev.parley.contracts.meetings.BreakoutsRequest;
import dev.parley.contracts.meetings.BreakoutsView;
import dev.parley.contracts.meetings.GuestPass;
import dev.parley.contracts.meetings.GuestRequest;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.meetings.InvitationRequest;
import dev.parley.contracts.meetings.InvitationView;
import dev.parley.contracts.meetings.JoinReply;
import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingSearchReply;
import dev.parley.contracts.meetings.MeetingView;
import dev.parley.contracts.meetings.MuteRequest;
import dev.parley.contracts.meetings.ParticipantView;
import dev.parley.contracts.meetings.PollRequest;
import dev.parley.contracts.meetings.PollView;
import dev.parley.contracts.meetings.QualityPage;
import dev.parley.contracts.meetings.RoleRequest;
import dev.parley.contracts.meetings.VoteRequest;
import dev.parley.contracts.meetings.Waiting;
import dev.parley.contracts.messaging.ChangePage;
import dev.parley.contracts.messaging.ConversationDraft;
import dev.parley.contracts.messaging.ConversationPage;
import dev.parley.contracts.messaging.ConversationUpdate;
import dev.parley.contracts.messaging.ConversationView;
import dev.parley.contracts.messaging.MemberPage;
import dev.parley.contracts.messaging.MembersRequest;
import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.MessagePage;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.contracts.messaging.ReactionRequest;
import dev.parley.contracts.messaging.ReadReply;
import dev.parley.contracts.messaging.ReadRequest;
import dev.parley.contracts.messaging.SearchReply;
import dev.parley.contracts.messaging.SyncReply;
import dev.parley.contracts.notifications.NotificationDeliveryPage;
import dev.parley.contracts.notifications.NotificationDeliveryView;
import dev.parley.contracts.notifications.NotificationPage;
import dev.parley.contracts.notifications.NotificationPreferences;
import dev.parley.contracts.notifications.PhoneCode;
import dev.parley.contracts.notifications.PhoneDraft;
import dev.parley.contracts.notifications.PhoneView;
import dev.parley.contracts.notifications.ReadAllRequest;
import dev.parley.contracts.notifications.SubscriptionDraft;
import dev.parley.contracts.notifications.SubscriptionList;
import dev.parley.contracts.notifications.SubscriptionView;
import dev.parley.contracts.notifications.UnreadNotifications;
import dev.parley.contracts.signaling.TicketReply;
import dev.parley.contracts.signaling.TicketRequest;
import dev.parley.contracts.webhooks.DeliveryPage;
import dev.parley.contracts.webhooks.SecretReply;
import dev.parley.contracts.webhooks.SecretRequest;
import dev.parley.contracts.webhooks.WebhookDeliveryView;
import dev.parley.contracts.webhooks.WebhookDraft;
import dev.parley.contracts.webhooks.WebhookView;
import dev.parley.files.FilesErrors;
import dev.parley.fleet.MediaErrors;
import dev.parley.identity.IdentityErrors;
import dev.parley.kernel.ErrorCode;
import dev.parley.kernel.Errors;
import dev.parley.meetings.MeetingErrors;
import dev.parley.messaging.MessagingErrors;
import dev.parley.notifications.NoticeErrors;
import dev.parley.platform.nodes.FleetErrors;
import dev.parley.signaling.SignalErrors;
import dev.parley.webhooks.WebhookErrors;
import java.util.Map;
import java.util.TreeMap;

/** Every route, by its name in {@code template.yaml}. A route whose name ends in {@code Alias} is another address of the one without it. */
final class Endpoints {
    private static final String ALIAS = "Alias";

    private static final ErrorCode[] OF_ONES_OWN_CHECKS = {
        MeetingErrors.NOT_FOUND, MeetingErrors.NOT_STARTED, MeetingErrors.ENDED, MeetingErrors.NOT_PARTICIPANT
    };
    /** Polls are read after the end as well. */
    private static final ErrorCode[] OF_READERS = {
        MeetingErrors.NOT_FOUND, MeetingErrors.NOT_STARTED, MeetingErrors.NOT_PARTICIPANT
    };

    private static final ErrorCode[] OF_HOSTS = {
        MeetingErrors.NOT_FOUND, MeetingErrors.NOT_STARTED, MeetingErrors.ENDED, MeetingErrors.NOT_HOST
    };
    /** What is passed on from the node that has the room. */
    private static final ErrorCode[] OF_NODES = {FleetErrors.UNAVAILABLE, FleetErrors.BAD_REPLY};

    private static final ErrorCode[] OF_DRAFTS = {
        MeetingErrors.TITLE,
        MeetingErrors.DESCRIPTION,
        MeetingErrors.START_TIME,
        MeetingErrors.END_TIME,
        MeetingErrors.RECURRENCE,
        MeetingErrors.MAX_PARTICIPANTS,
        MeetingErrors.TYPE,
        MeetingErrors.PASSWORD_FORM
    };
    private static final ErrorCode[] OF_CONVERSATIONS = {MessagingErrors.NO_CONVERSATION, MessagingErrors.BANNED};
    private static final ErrorCode[] OF_WRITERS = {
        MessagingErrors.NO_CONVERSATION,
        MessagingErrors.BANNED,
        MessagingErrors.NOT_PARTICIPANT,
        MessagingErrors.NOT_ACTIVE,
        MessagingErrors.CHAT_OFF,
        MessagingErrors.ROLE,
        MessagingErrors.BUSY
    };

    private final Map<String, Endpoint> all = new TreeMap<>();

    Endpoints() {
        accounts();
        administration();
        meetings();
        media();
        messages();
        files();
        pushes();
        webhooks();
        notifications();
    }

    /** @throws IllegalArgumentException when nothing is said of the route */
    Endpoint of(String route) {
        String name = isAlias(route) ? route.substring(0, route.length() - ALIAS.length()) : route;
        Endpoint endpoint = all.get(name);
        if (endpoint == null) {
            throw new IllegalArgumentException("Endpoints says nothing of the route " + name);
        }
        return endpoint;
    }

    Map<String, Endpoint> all() {
        return all;
    }

    static boolean isAlias(String route) {
        return route.endsWith(ALIAS);
    }

    private void accounts() {
        String tag = "Accounts";
        add("Register", tag, "Make an account", ANYBODY)
                .takes(RegisterRequest.class)
                .gives(Profile.class)
                .fails(Errors.RATE_LIMITED, Errors.STORE_WAKING, IdentityErrors.USER_EXISTS);
        add(
                        "Login",
                        tag,
                        "Sign in; a page of the installation itself gets its refresh token as a cookie that no script reads",
                        ANYBODY)
                .takes(LoginRequest.class)
                .gives(TokenReply.class)
                .fails(
                        Errors.RATE_LIMITED,
                        Errors.STORE_WAKING,
                        IdentityErrors.CREDENTIALS,
                        IdentityErrors.LOCKED,
                        IdentityErrors.USER_BANNED);
        add("Refresh", tag, "Change a refresh token for the next one and a new access token", ANYBODY)
                .mayTake(RefreshRequest.class)
                .gives(TokenReply.class)
                .fails(
                        Errors.ORIGIN_REFUSED,
                        Errors.CSRF_REFUSED,
                        IdentityErrors.REFRESH_INVALID,
                        IdentityErrors.REFRESH_REUSED);
        add("CsrfToken", tag, "The token that a refresh by cookie must carry", ANYBODY)
                .gives(CsrfToken.class)
                .fails(Errors.ORIGIN_REFUSED, IdentityErrors.REFRESH_INVALID, IdentityErrors.REFRESH_REUSED);
        add("Logout", tag, "End the session of the token", USER).givesNothing();
        add("LogoutAll", tag, "End every session of the account", USER).givesNothing();
        add("ListSessions", tag, "Where the account is signed in", USER).givesPage(SessionView.class);
        add("EndSession", tag, "Sign out somewhere else", USER).givesNothing().fails(IdentityErrors.SESSION_GONE);
        add("ReadProfile", tag, "The account itself", USER)
                .gives(Profile.class)
                .fails(Errors.STORE_WAKING, IdentityErrors.USER_GONE);
        add("UpdateProfile", tag, "Change names and telephone number", USER)
                .takes(ProfileUpdate.class)
                .gives(Profile.class)
                .fails(Errors.STORE_WAKING, IdentityErrors.USER_GONE);
        add("ChangePassword", tag, "Set another password; every other session ends", USER)
                .takes(PasswordChange.class)
                .givesNothing()
                .fails(
                        Errors.STORE_WAKING,
                        Errors.CONFLICT,
                        Errors.RATE_LIMITED,
                        IdentityErrors.OLD_PASSWORD,
                        IdentityErrors.USER_GONE);
        add("ForgotPassword", tag, "Have a code mailed to the account's address, if there is such an account", ANYBODY)
                .takes(ForgottenPassword.class)
                .givesNothing()
                .fails(Errors.STORE_WAKING, Errors.RATE_LIMITED);
        add("ResetPassword", tag, "Set a password with the code that was mailed", ANYBODY)
                .takes(PasswordReset.class)
                .givesNothing()
                .fails(Errors.STORE_WAKING, Errors.RATE_LIMITED, Errors.CONFLICT, IdentityErrors.RESET_CODE);
        add("LookUpUser", tag, "The card of the account with that user name", USER)
                .needs("username", "string", "the whole name")
                .gives(UserCard.class)
                .fails(Errors.STORE_WAKING, Errors.REQUEST_INVALID, Errors.RATE_LIMITED, IdentityErrors.USER_GONE);
        add("UploadAvatar", tag, "Set the account's picture; the body is the picture", USER)
                .takesRaw("image/png", "image/jpeg", "image/webp")
                .gives(Profile.class)
                .fails(
                        Errors.STORE_WAKING,
                        Errors.CONFLICT,
                        Errors.RATE_LIMITED,
                        IdentityErrors.USER_GONE,
                        IdentityErrors.PICTURE_TYPE,
                        IdentityErrors.PICTURE_DIMENSIONS,
                        IdentityErrors.PICTURE_UNREADABLE);
        add("DeleteAccount", tag, "Remove the account and what is its own", USER)
                .takes(AccountDeletion.class)
                .givesNothing()
                .fails(
                        Errors.STORE_WAKING,
                        Errors.CONFLICT,
                        Errors.RATE_LIMITED,
                        IdentityErrors.PASSWORD,
                        IdentityErrors.LAST_ADMIN,
                        IdentityErrors.USER_GONE);
        add("Health", "System", "Whether the API answers", ANYBODY)
                .gives(Health.class)
                .withoutStores();
        add("Keys", "System", "The public keys of access tokens, as a JSON Web Key Set (RFC 7517)", ANYBODY)
                .givesRaw("application/json", "A JSON Web Key Set.");
    }

    private void administration() {
        String tag = "Administration";
        add("HealthDetailed", tag, "How what the API stands on answers", ADMIN).gives(HealthDetail.class);
        add("AdminListUsers", tag, "Accounts, newest first", MODERATOR)
                .asks("keyword", "string", "a part of a name or an address, 100 characters at most")
                .asks("status", "string", "`active` or `banned`")
                .paged()
                .givesPage(Profile.class)
                .fails(Errors.STORE_WAKING);
        add("AdminReadUser", tag, "One account", MODERATOR)
                .gives(Profile.class)
                .fails(Errors.STORE_WAKING, IdentityErrors.USER_GONE);
        add("AdminChangeUser", tag, "Give an account another role or name", ADMIN)
                .takes(AccountChange.class)
                .gives(Profile.class)
                .fails(Errors.STORE_WAKING, IdentityErrors.USER_GONE, IdentityErrors.ONESELF);
        add("AdminRemoveUser", tag, "Remove an account", ADMIN)
                .givesNothing()
                .fails(Errors.STORE_WAKING, IdentityErrors.USER_GONE, IdentityErrors.ONESELF);
        add("AdminBanUser", tag, "Suspend an account; its sockets and media end at once", MODERATOR)
                .mayTake(BanRequest.class)
                .gives(Profile.class)
                .fails(Errors.STORE_WAKING, IdentityErrors.USER_GONE, IdentityErrors.ONESELF);
        add("AdminUnbanUser", tag, "Let a suspended account in again", MODERATOR)
                .gives(Profile.class)
                .fails(Errors.STORE_WAKING, IdentityErrors.USER_GONE);
        add("AdminReadLimits", tag, "The limits of the installation", ADMIN).givesList(LimitView.class);
        add("AdminChangeLimits", tag, "Set limits, or put them back; in force within two seconds", ADMIN)
                .takes(LimitsChange.class)
                .givesList(LimitView.class)
                .fails(Errors.STORE_WAKING, IdentityErrors.LIMITS);
        add("AdminListAudit", tag, "The audit log, newest first", ADMIN)
                .asks("actor", "string", "id of who did it")
                .asks("subject", "string", "id of what it was done to")
                .asks("act", "string", "name of the act")
                .paged()
                .givesPage(AuditEntryView.class)
                .fails(Errors.STORE_WAKING);
        add("AdminVerifyAudit", tag, "Follow the audit log's chain of hashes, 100,000 entries at once", ADMIN)
                .asks("from", "integer", "the first entry looked at; 1 when absent")
                .gives(AuditCheck.class)
                .fails(Errors.STORE_WAKING);
        add("AdminExportAudit", tag, "The audit log as lines of JSON, its end as the last line", ADMIN)
                .asks("after", "integer", "number of the last entry that is left out; 0 when absent")
                .asks("limit", "integer", "1 to 5000")
                .givesRaw("application/x-ndjson", "An entry a line.")
                .fails(Errors.STORE_WAKING);
        add("AdminListNodes", tag, "The media nodes", ADMIN).givesList(NodeView.class);
        add("Stats", tag, "What goes on in the installation", MODERATOR)
                .gives(SystemStats.class)
                .fails(Errors.STORE_WAKING);
        add("RoomStats", tag, "Meetings that are going on", MODERATOR)
                .paged()
                .givesPage(RoomStats.class)
                .fails(Errors.STORE_WAKING);
    }

    private void meetings() {
        String tag = "Meetings";
        add("CreateMeeting", tag, "Plan a meeting, or begin one now", USER)
                .takes(MeetingDraft.class)
                .makes(MeetingView.class)
                .fails(OF_DRAFTS)
                .fails(Errors.STORE_WAKING, MeetingErrors.TOO_MANY_MEETINGS);
        add("ListMeetings", tag, "Meetings that the caller hosts, is invited to or was in", USER)
                .asksByItself("status", "string", "`scheduled`, `active`, `ended` or `cancelled`")
                .asksByItself("keyword", "string", "a part of the title, 100 characters at most")
                .pagedByItself()
                .givesPage(MeetingView.class)
                .fails(Errors.STORE_WAKING, MeetingErrors.STATUS, MeetingErrors.KEYWORD, MeetingErrors.PAGE);
        add(
                        "SearchMeetings",
                        tag,
                        "Meetings that the caller hosts or was in, by the words of title, description, host and code",
                        USER)
                .needs("q", "string", "words that all occur")
                .asks("limit", "integer", "1 to 50; 20 when absent")
                .asks("cursor", "string", "the cursor of the last reply, for what comes after it")
                .gives(MeetingSearchReply.class)
                .fails(Errors.STORE_WAKING, Errors.RATE_LIMITED);
        add("ReadMeeting", tag, "A meeting; who is not involved gets its card: title, host's name, times", GUEST)
                .gives(MeetingView.class)
                .fails(Errors.STORE_WAKING, MeetingErrors.NOT_FOUND);
        add("UpdateMeeting", tag, "Change a meeting", USER)
                .takes(MeetingDraft.class)
                .gives(MeetingView.class)
                .fails(OF_DRAFTS)
                .fails(
                        Errors.STORE_WAKING,
                        MeetingErrors.NOT_FOUND,
                        MeetingErrors.NOT_HOST,
                        MeetingErrors.ENDED,
                        MeetingErrors.CANCELLED,
                        MeetingErrors.CHANGED);
        add("DeleteMeeting", tag, "Cancel a meeting that has not begun", USER)
                .gives(MeetingView.class)
                .fails(
                        Errors.STORE_WAKING,
                        MeetingErrors.NOT_FOUND,
                        MeetingErrors.NOT_HOST,
                        MeetingErrors.STILL_ACTIVE,
                        MeetingErrors.ENDED,
                        MeetingErrors.CHANGED);
        add("Calendar", tag, "The meeting for a calendar (RFC 5545)", USER)
                .givesRaw("text/calendar", "An iCalendar file.")
                .fails(Errors.STORE_WAKING, MeetingErrors.NOT_FOUND, MeetingErrors.NO_TIME);
        add("ListInvitations", tag, "Who was invited by mail", USER)
                .givesList(InvitationView.class)
                .fails(Errors.STORE_WAKING, MeetingErrors.NOT_FOUND, MeetingErrors.NOT_HOST);
        add("Invite", tag, "Invite people by mail", USER)
                .takes(InvitationRequest.class)
                .gives(201, Endpoint.Form.LIST, InvitationView.class)
                .fails(
                        Errors.STORE_WAKING,
                        Errors.RATE_LIMITED,
                        MeetingErrors.EMAILS,
                        MeetingErrors.LOCALE,
                        MeetingErrors.NOT_FOUND,
                        MeetingErrors.NOT_HOST,
                        MeetingErrors.TOO_MANY_INVITED,
                        MeetingErrors.ENDED,
                        MeetingErrors.CANCELLED);
        add("WithdrawInvitation", tag, "Take an invitation back", USER)
                .givesNothing()
                .fails(Errors.STORE_WAKING, MeetingErrors.NOT_FOUND, MeetingErrors.NOT_HOST);
        add("StartMeeting", tag, "Begin a meeting before its time", USER)
                .gives(MeetingView.class)
                .fails(
                        Errors.STORE_WAKING,
                        MeetingErrors.NOT_FOUND,
                        MeetingErrors.NOT_HOST,
                        MeetingErrors.ENDED,
                        MeetingErrors.CANCELLED,
                        MeetingErrors.CHANGED);
        add("EndMeeting", tag, "End a meeting for everybody", USER)
                .gives(MeetingView.class)
                .fails(
                        Errors.STORE_WAKING,
                        MeetingErrors.NOT_FOUND,
                        MeetingErrors.NOT_HOST,
                        MeetingErrors.NOT_STARTED,
                        MeetingErrors.CANCELLED,
                        MeetingErrors.CHANGED)
                .fails(OF_NODES);
        add("AddGuest", tag, "A pass for somebody without an account, for this meeting alone", ANYBODY)
                .takes(GuestRequest.class)
                .makes(GuestPass.class)
                .fails(
                        Errors.STORE_WAKING,
                        Errors.RATE_LIMITED,
                        MeetingErrors.DISPLAY_NAME,
                        MeetingErrors.NOT_FOUND,
                        MeetingErrors.PASSWORD,
                        MeetingErrors.BANNED,
                        MeetingErrors.ENDED,
                        MeetingErrors.CANCELLED);
        add(
                        "JoinMeeting",
                        tag,
                        "Enter a meeting: a media token, a socket's ticket, what the first offer holds; or a place in the lobby",
                        GUEST)
                .mayTake(JoinRequest.class)
                .gives(JoinReply.class)
                .gives(202, Endpoint.Form.ONE, Waiting.class)
                .fails(
                        Errors.STORE_WAKING,
                        Errors.RATE_LIMITED,
                        MeetingErrors.DISPLAY_NAME,
                        MeetingErrors.NOT_FOUND,
                        MeetingErrors.PASSWORD,
                        MeetingErrors.BANNED,
                        MeetingErrors.DENIED,
                        MeetingErrors.LOCKED,
                        MeetingErrors.FULL,
                        MeetingErrors.NOT_STARTED,
                        MeetingErrors.CHANGED,
                        MeetingErrors.ENDED,
                        MeetingErrors.CANCELLED);
        add("LeaveMeeting", tag, "Leave a meeting", GUEST)
                .givesNothing()
                .fails(MeetingErrors.NOT_FOUND, MeetingErrors.NOT_PARTICIPANT, MeetingErrors.CHANGED)
                .fails(OF_NODES);
        add("ListParticipants", tag, "Who is in the meeting; hosts also see who waits in the lobby", GUEST)
                .givesList(ParticipantView.class)
                .fails(Errors.STORE_WAKING, MeetingErrors.NOT_FOUND, MeetingErrors.NOT_PARTICIPANT);
        add(
                        "ReadQuality",
                        tag,
                        "How people's connections did, the latest first: hosts read of everybody, others of themselves",
                        GUEST)
                .asks(
                        "since",
                        "string",
                        "an RFC 3339 time in UTC: minutes that were not over by then; all that is kept when absent")
                .asks("limit", "integer", "minutes of a media node, 1 to 180; 60 when absent")
                .asks("cursor", "string", "the next of the last reply, for what comes after it")
                .gives(QualityPage.class)
                .fails(Errors.STORE_WAKING, MeetingErrors.NOT_FOUND, MeetingErrors.NOT_PARTICIPANT);

        moderation("Moderation");
        polls("Polls");
        breakouts("Breakout rooms");
    }

    private void moderation(String tag) {
        add("Kick", tag, "Remove somebody; who was removed does not come in again", GUEST)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES)
                .fails(MeetingErrors.CHANGED, MeetingErrors.PERSON_NOT_FOUND, MeetingErrors.HOST_STAYS);
        add("Mute", tag, "Silence somebody's microphone, camera or screen", GUEST)
                .mayTake(MuteRequest.class)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES)
                .fails(MeetingErrors.PERSON_NOT_FOUND, MeetingErrors.NOT_JOINED);
        add("UnmuteRequest", tag, "Ask somebody to be heard or seen again", GUEST)
                .mayTake(MuteRequest.class)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES)
                .fails(MeetingErrors.PERSON_NOT_FOUND, MeetingErrors.NOT_JOINED);
        add("Admit", tag, "Let somebody in from the lobby", GUEST)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(MeetingErrors.CHANGED, MeetingErrors.PERSON_NOT_FOUND, MeetingErrors.NOT_WAITING);
        add("Deny", tag, "Keep somebody who waits in the lobby out", GUEST)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(MeetingErrors.CHANGED, MeetingErrors.PERSON_NOT_FOUND, MeetingErrors.NOT_WAITING);
        add("GiveRole", tag, "Give somebody another role in the meeting", GUEST)
                .takes(RoleRequest.class)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES)
                .fails(
                        MeetingErrors.CHANGED,
                        MeetingErrors.PERSON_NOT_FOUND,
                        MeetingErrors.ROLE,
                        MeetingErrors.NOT_ONESELF,
                        MeetingErrors.NOT_JOINED,
                        MeetingErrors.GUEST_ROLE,
                        MeetingErrors.LAST_HOST);
        add("Lock", tag, "Keep new people out", GUEST)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(MeetingErrors.CHANGED);
        add("Unlock", tag, "Let new people in again", GUEST)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(MeetingErrors.CHANGED);
        add("MuteAll", tag, "Silence everybody but who asks", GUEST)
                .mayTake(MuteRequest.class)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES);
    }

    private void polls(String tag) {
        add("AskPoll", tag, "Ask everybody something", GUEST)
                .takes(PollRequest.class)
                .makes(PollView.class)
                .fails(OF_HOSTS)
                .fails(MeetingErrors.POLL_QUESTION, MeetingErrors.POLL_OPTIONS, MeetingErrors.TOO_MANY_POLLS);
        add("ListPolls", tag, "The meeting's polls", GUEST)
                .givesList(PollView.class)
                .fails(OF_READERS);
        add("ReadPoll", tag, "One poll", GUEST)
                .gives(PollView.class)
                .fails(OF_READERS)
                .fails(MeetingErrors.POLL_NOT_FOUND);
        add("Vote", tag, "Answer a poll, or answer it differently", GUEST)
                .takes(VoteRequest.class)
                .gives(PollView.class)
                .fails(OF_ONES_OWN_CHECKS)
                .fails(MeetingErrors.POLL_NOT_FOUND, MeetingErrors.POLL_CLOSED, MeetingErrors.POLL_CHOICES);
        add("ClosePoll", tag, "Take no more answers", GUEST)
                .gives(PollView.class)
                .fails(OF_HOSTS)
                .fails(MeetingErrors.POLL_NOT_FOUND);
    }

    private void breakouts(String tag) {
        add("ReadBreakouts", tag, "The breakout rooms, and where the caller is and belongs", GUEST)
                .gives(BreakoutsView.class)
                .fails(OF_ONES_OWN_CHECKS);
        add("OpenBreakouts", tag, "Split people into breakout rooms", GUEST)
                .takes(BreakoutsRequest.class)
                .makes(BreakoutsView.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES)
                .fails(
                        MeetingErrors.BREAKOUT_ROOMS,
                        MeetingErrors.BREAKOUT_NAME,
                        MeetingErrors.BREAKOUT_TWICE,
                        MeetingErrors.PERSON_NOT_FOUND,
                        MeetingErrors.NOT_JOINED,
                        MeetingErrors.CHANGED,
                        MeetingErrors.BREAKOUTS_OPEN);
        add("CloseBreakouts", tag, "Bring everybody back", GUEST)
                .asks("seconds", "integer", "how long people are told before; 0 when absent")
                .gives(BreakoutsView.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES)
                .fails(MeetingErrors.CHANGED);
        add("AssignBreakouts", tag, "Say of people where they belong; who is in a meeting goes there", GUEST)
                .takes(BreakoutAssignments.class)
                .gives(BreakoutsView.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES)
                .fails(
                        MeetingErrors.BREAKOUT_ASSIGNMENTS,
                        MeetingErrors.BREAKOUT_TWICE,
                        MeetingErrors.BREAKOUT_NOT_FOUND,
                        MeetingErrors.PERSON_NOT_FOUND,
                        MeetingErrors.NOT_JOINED,
                        MeetingErrors.CHANGED,
                        MeetingErrors.BREAKOUTS_CLOSED);
        add("Announce", tag, "Tell every breakout room something", GUEST)
                .takes(AnnouncementRequest.class)
                .gives(HostAct.class)
                .fails(OF_HOSTS)
                .fails(OF_NODES)
                .fails(MeetingErrors.ANNOUNCEMENT);
        add("EnterBreakout", tag, "Go to a breakout room", GUEST)
                .gives(BreakoutsView.class)
                .fails(OF_ONES_OWN_CHECKS)
                .fails(OF_NODES)
                .fails(
                        MeetingErrors.BREAKOUT_NOT_FOUND,
                        MeetingErrors.BREAKOUT_NOT_YOURS,
                        MeetingErrors.BREAKOUTS_CLOSED);
        add("LeaveBreakout", tag, "Go back to the main room", GUEST)
                .gives(BreakoutsView.class)
                .fails(OF_ONES_OWN_CHECKS)
                .fails(OF_NODES)
                .fails(MeetingErrors.BREAKOUTS_CLOSED);
    }

    private void media() {
        String tag = "Media";
        add("ExchangeMedia", tag, "The one exchange of offer and answer", GUEST)
                .takes(MediaOffer.class)
                .gives(MediaAnswer.class)
                .fails(OF_NODES)
                .fails(
                        MediaErrors.MOVED,
                        MediaErrors.TOKEN,
                        MediaErrors.NOT_ADMITTED,
                        MediaErrors.ENDED,
                        MediaErrors.SDP,
                        MediaErrors.FULL);
        add("RestartMedia", tag, "Restart ICE in a session that goes on", GUEST)
                .takes(MediaRestart.class)
                .gives(MediaAnswer.class)
                .fails(OF_NODES)
                .fails(
                        MediaErrors.MOVED,
                        MediaErrors.NOT_ADMITTED,
                        MediaErrors.ENDED,
                        MediaErrors.NO_SESSION,
                        MediaErrors.SDP);
        add("EndMedia", tag, "End a media session", GUEST)
                .givesNothing()
                .fails(OF_NODES)
                .fails(MediaErrors.NOT_ADMITTED, MediaErrors.NO_SESSION);
        add("CreateTicket", "Socket", "A ticket for one connection of the WebSocket, good for 30 s", GUEST)
                .mayTake(TicketRequest.class)
                .makes(TicketReply.class)
                .fails(Errors.RATE_LIMITED, SignalErrors.NOT_PARTICIPANT, SignalErrors.BANNED, SignalErrors.NOT_ACTIVE);
    }

    private void messages() {
        String tag = "Messages";
        add("ListConversations", tag, "Conversations that the caller is in, the last active first", USER)
                .paged()
                .gives(ConversationPage.class);
        add("BeginConversation", tag, "Begin a conversation, or find the one there is", GUEST)
                .takes(ConversationDraft.class)
                .gives(ConversationView.class)
                .fails(OF_CONVERSATIONS)
                .fails(Errors.FORBIDDEN, Errors.RATE_LIMITED, MessagingErrors.PERSON, MessagingErrors.BUSY);
        add("ReadConversation", tag, "One conversation", GUEST)
                .gives(ConversationView.class)
                .fails(OF_CONVERSATIONS);
        add("RenameConversation", tag, "Give a group another title", USER)
                .takes(ConversationUpdate.class)
                .gives(ConversationView.class)
                .fails(OF_CONVERSATIONS)
                .fails(MessagingErrors.BUSY, MessagingErrors.KIND, MessagingErrors.OWNER);
        add("ListMessages", tag, "A conversation's messages, by their numbers", GUEST)
                .asks("after_seq", "integer", "those after this one, oldest first; not with `before_seq`")
                .asks("before_seq", "integer", "those before this one; the last ones when both are absent")
                .asks("limit", "integer", "1 to 100; 50 when absent")
                .gives(MessagePage.class)
                .fails(OF_CONVERSATIONS);
        add("SendMessage", tag, "Send a message; sent twice with one `client_msg_id` it is there once", GUEST)
                .takes(MessageDraft.class)
                .makes(MessageView.class)
                .fails(OF_WRITERS)
                .fails(Errors.RATE_LIMITED, MessagingErrors.PEER_GONE, MessagingErrors.REUSED_ID)
                .fails(MessagingErrors.ATTACHMENT);
        add("ReadMessage", tag, "One message", GUEST)
                .gives(MessageView.class)
                .fails(OF_CONVERSATIONS)
                .fails(Errors.REQUEST_INVALID, MessagingErrors.NO_MESSAGE);
        add("EditMessage", tag, "Change a message's text", GUEST)
                .takes(MessageEdit.class)
                .gives(MessageView.class)
                .fails(OF_WRITERS)
                .fails(
                        Errors.RATE_LIMITED,
                        MessagingErrors.NO_MESSAGE,
                        MessagingErrors.AUTHOR,
                        MessagingErrors.RECALLED);
        add("RecallMessage", tag, "Take a message back", GUEST)
                .gives(MessageView.class)
                .fails(OF_CONVERSATIONS)
                .fails(
                        Errors.REQUEST_INVALID,
                        Errors.RATE_LIMITED,
                        MessagingErrors.BUSY,
                        MessagingErrors.NO_MESSAGE,
                        MessagingErrors.AUTHOR,
                        MessagingErrors.TOO_LATE);
        add("React", tag, "Put a sign under a message", GUEST)
                .takes(ReactionRequest.class)
                .gives(MessageView.class)
                .fails(OF_WRITERS)
                .fails(
                        Errors.RATE_LIMITED,
                        MessagingErrors.NO_MESSAGE,
                        MessagingErrors.RECALLED,
                        MessagingErrors.REACTIONS);
        add("Unreact", tag, "Take the sign away", GUEST)
                .gives(MessageView.class)
                .fails(OF_WRITERS)
                .fails(
                        Errors.REQUEST_INVALID,
                        Errors.RATE_LIMITED,
                        MessagingErrors.NO_MESSAGE,
                        MessagingErrors.RECALLED);
        add("ListChanges", tag, "What happened in a conversation, by number, without gaps", GUEST)
                .asks("after", "integer", "number of the last change that is known; 0 when absent")
                .asks("limit", "integer", "1 to 100; 50 when absent")
                .gives(ChangePage.class)
                .fails(OF_CONVERSATIONS);
        add("MarkRead", tag, "Say how far the caller has read; it only rises", GUEST)
                .takes(ReadRequest.class)
                .gives(ReadReply.class)
                .fails(OF_CONVERSATIONS)
                .fails(Errors.RATE_LIMITED);
        add("ListMembers", tag, "Who is in a conversation", GUEST)
                .gives(MemberPage.class)
                .fails(OF_CONVERSATIONS);
        add("AddMembers", tag, "Bring people into a group", USER)
                .takes(MembersRequest.class)
                .gives(MemberPage.class)
                .fails(OF_CONVERSATIONS)
                .fails(
                        Errors.RATE_LIMITED,
                        MessagingErrors.BUSY,
                        MessagingErrors.KIND,
                        MessagingErrors.OWNER,
                        MessagingErrors.PERSON,
                        MessagingErrors.FULL);
        add("RemoveMember", tag, "Take somebody out of a group, or leave it", USER)
                .givesNothing()
                .fails(OF_CONVERSATIONS)
                .fails(MessagingErrors.BUSY, MessagingErrors.KIND, MessagingErrors.OWNER, MessagingErrors.NOT_MEMBER);
        add("Sync", tag, "Everything that happened since the cursor, over all conversations", USER)
                .asksByItself("since", "string", "the cursor of the last reply; absent for the first time")
                .gives(SyncReply.class)
                .fails(Errors.RATE_LIMITED);
        add("Search", tag, "Messages by their words", USER)
                .needs("q", "string", "words that all occur")
                .asks("conversation_id", "string", "in this one alone")
                .asks("limit", "integer", "1 to 50; 20 when absent")
                .asks("cursor", "string", "the cursor of the last reply, for what comes after it")
                .gives(SearchReply.class)
                .fails(OF_CONVERSATIONS)
                .fails(Errors.RATE_LIMITED);
    }

    private void files() {
        String tag = "Files";
        add(
                        "BeginFile",
                        tag,
                        "Say what is to be uploaded: addresses for its parts, or nothing where its content is there already",
                        USER)
                .takes(FileDraft.class)
                .gives(FileReply.class)
                .makes(FileReply.class)
                .fails(
                        Errors.STORE_WAKING,
                        Errors.RATE_LIMITED,
                        FilesErrors.TOO_LARGE,
                        FilesErrors.QUOTA,
                        FilesErrors.NO_CONVERSATION)
                .fails(FilesErrors.STATE);
        add("ListFiles", tag, "The caller's own files, newest first", USER)
                .asks("state", "string", "`uploading`, `checking`, `ready`, `refused` or `removed`")
                .paged()
                .givesPage(FileView.class)
                .fails(Errors.STORE_WAKING);
        add("SearchFiles", tag, "Files that the caller may read, by the words of their names and senders", USER)
                .needs("q", "string", "words that all occur")
                .asks("limit", "integer", "1 to 50; 20 when absent")
                .asks("cursor", "string", "the cursor of the last reply, for what comes after it")
                .gives(FileSearchReply.class)
                .fails(Errors.STORE_WAKING, Errors.RATE_LIMITED);
        add("ReadFile", tag, "One file", GUEST).gives(FileView.class).fails(Errors.STORE_WAKING, FilesErrors.NO_FILE);
        add("RemoveFile", tag, "Remove a file, wherever it was shared or pushed", USER)
                .givesNothing()
                .fails(Errors.STORE_WAKING, FilesErrors.NO_FILE);
        add("AddressParts", tag, "Fresh addresses for the parts of an upload that are missing", USER)
                .mayTake(PartsRequest.class)
                .gives(UploadView.class)
                .fails(Errors.STORE_WAKING, FilesErrors.NO_FILE, FilesErrors.STATE);
        add("CompleteFile", tag, "Say that every part is there; the file is checked before anybody gets it", USER)
                .gives(FileView.class)
                .gives(202, Endpoint.Form.ONE, FileView.class)
                .fails(Errors.STORE_WAKING, FilesErrors.NO_FILE, FilesErrors.INCOMPLETE);
        add("ReadManifest", tag, "The hashes of a file's chunks, to verify what is loaded", GUEST)
                .gives(FileManifest.class)
                .fails(Errors.STORE_WAKING, FilesErrors.NO_FILE, FilesErrors.NOT_READY);
        add("AddressFile", tag, "An address of five minutes to load a file from, or a range of it", GUEST)
                .asks("range", "string", "`bytes=first-last`, when the address is to be good for that alone")
                .gives(FileAddress.class)
                .fails(Errors.STORE_WAKING, FilesErrors.NO_FILE, FilesErrors.NOT_READY);
        add("ShareFile", tag, "Let the members of a conversation read a file", USER)
                .takes(ShareRequest.class)
                .gives(FileView.class)
                .fails(Errors.STORE_WAKING, FilesErrors.NO_FILE, FilesErrors.NOT_READY, FilesErrors.NO_CONVERSATION);
        add("UnshareFile", tag, "Take that back", USER)
                .givesNothing()
                .fails(Errors.STORE_WAKING, FilesErrors.NO_FILE)
                .fails(Errors.REQUEST_INVALID);
    }

    private void pushes() {
        String tag = "Devices and pushes";
        add("PushFile", tag, "Send a file to people, devices, a conversation or a meeting", USER)
                .takes(PushDraft.class)
                .makes(PushView.class)
                .fails(
                        Errors.STORE_WAKING,
                        Errors.RATE_LIMITED,
                        FilesErrors.NO_FILE,
                        FilesErrors.NOT_READY,
                        FilesErrors.NO_CONVERSATION,
                        FilesErrors.PUSH_REUSED,
                        FilesErrors.NOT_YOURS,
                        FilesErrors.NO_TARGET,
                        FilesErrors.TOO_MANY_TARGETS)
                .fails(FilesErrors.NO_DEVICE);
        add("ListPushes", tag, "What the caller has pushed, newest first", USER)
                .paged()
                .givesPage(PushView.class)
                .fails(Errors.STORE_WAKING);
        add("ReadPush", tag, "A push, with a page of how far each device has come", USER)
                .paged()
                .gives(PushView.class)
                .fails(Errors.STORE_WAKING, FilesErrors.NO_PUSH);
        add("CallBackPush", tag, "Call a push back", USER)
                .givesNothing()
                .fails(Errors.STORE_WAKING, FilesErrors.NO_PUSH);
        add("ReportDelivery", tag, "How far this device has come with a push", USER)
                .takes(DeliveryReport.class)
                .gives(DeliveryView.class)
                .fails(
                        Errors.STORE_WAKING,
                        Errors.RATE_LIMITED,
                        FilesErrors.NO_PUSH,
                        FilesErrors.NO_DEVICE,
                        FilesErrors.CALLED_BACK,
                        FilesErrors.HASH);
        add("AddDevice", tag, "Register a device; with a credential of its own it signs in without a person", USER)
                .takes(DeviceDraft.class)
                .makes(DeviceReply.class)
                .fails(Errors.STORE_WAKING, FilesErrors.TOO_MANY_DEVICES)
                .fails(Errors.RATE_LIMITED, Errors.FORBIDDEN);
        add("ListDevices", tag, "The caller's devices", USER)
                .asks("shared", "string", "`true`: those that belong to nobody, for administrators")
                .paged()
                .givesPage(DeviceView.class)
                .fails(Errors.STORE_WAKING);
        add("ReadDevice", tag, "One device", USER)
                .gives(DeviceView.class)
                .fails(Errors.STORE_WAKING, FilesErrors.NO_DEVICE);
        add("RemoveDevice", tag, "Remove a device; its credential is good no more", USER)
                .givesNothing()
                .fails(Errors.STORE_WAKING, FilesErrors.NO_DEVICE);
        add("ListDevicePushes", tag, "What waits for a device", USER)
                .gives(PendingPushes.class)
                .fails(Errors.STORE_WAKING, FilesErrors.NO_DEVICE);
        add("SignInDevice", tag, "Change a device's credential for a token of ten minutes", ANYBODY)
                .takes(DeviceSignIn.class)
                .gives(DeviceToken.class)
                .fails(Errors.STORE_WAKING, Errors.RATE_LIMITED, FilesErrors.CREDENTIAL);
    }

    private void webhooks() {
        String tag = "Webhooks";
        add("ListWebhooks", tag, "The caller's webhooks", USER).givesPage(WebhookView.class);
        add("CreateWebhook", tag, "Have an address told what happens in meetings", USER)
                .takes(WebhookDraft.class)
                .makes(WebhookView.class)
                .fails(Errors.FORBIDDEN, Errors.RATE_LIMITED, WebhookErrors.TOO_MANY, WebhookErrors.ADDRESS);
        add("ReadWebhook", tag, "One webhook", USER).gives(WebhookView.class).fails(WebhookErrors.NOT_FOUND);
        add("ChangeWebhook", tag, "Change a webhook, disable it, or enable it again", USER)
                .takes(WebhookDraft.class)
                .gives(WebhookView.class)
                .fails(Errors.CONFLICT, Errors.RATE_LIMITED, WebhookErrors.NOT_FOUND, WebhookErrors.ADDRESS);
        add("DeleteWebhook", tag, "Delete a webhook with its deliveries", USER)
                .givesNothing()
                .fails(WebhookErrors.NOT_FOUND);
        add("RotateSecret", tag, "Give a webhook another secret; the old one signs as well for a day", USER)
                .mayTake(SecretRequest.class)
                .gives(SecretReply.class)
                .fails(Errors.CONFLICT, WebhookErrors.NOT_FOUND);
        add("TestWebhook", tag, "Send a webhook an event that means nothing", USER)
                .gives(202, Endpoint.Form.ONE, WebhookDeliveryView.class)
                .fails(Errors.RATE_LIMITED, WebhookErrors.NOT_FOUND, WebhookErrors.DISABLED);
        add("ListDeliveries", tag, "What a webhook was told, newest first", USER)
                .asks("before", "string", "the last page's `next`")
                .asks("limit", "integer", "1 to 100; 20 when absent")
                .gives(DeliveryPage.class)
                .fails(WebhookErrors.NOT_FOUND);
        add("ReadDelivery", tag, "One delivery, with what was sent", USER)
                .gives(WebhookDeliveryView.class)
                .fails(WebhookErrors.NOT_FOUND, WebhookErrors.NO_DELIVERY);
        add("ReplayDelivery", tag, "Tell it once more", USER)
                .gives(202, Endpoint.Form.ONE, WebhookDeliveryView.class)
                .fails(
                        Errors.RATE_LIMITED,
                        WebhookErrors.NOT_FOUND,
                        WebhookErrors.NO_DELIVERY,
                        Errors.CONFLICT,
                        WebhookErrors.PENDING,
                        WebhookErrors.DISABLED);
    }

    private void notifications() {
        String tag = "Notifications";
        add("ListNotifications", tag, "What the caller was not there to see, newest first", USER)
                .asks("before", "string", "the last page's `next`")
                .asks("limit", "integer", "1 to 100; 20 when absent")
                .gives(NotificationPage.class);
        add("ReadNotification", tag, "Mark one notification read", USER)
                .gives(UnreadNotifications.class)
                .fails(NoticeErrors.NOT_FOUND);
        add("ReadNotificationPreferences", tag, "How the caller is told, and when not", USER)
                .gives(NotificationPreferences.class);
        add("ChooseNotificationPreferences", tag, "Choose how to be told, and when not", USER)
                .takes(NotificationPreferences.class)
                .gives(NotificationPreferences.class);
        add("ListNotificationDeliveries", tag, "What the caller was told elsewhere, newest first", USER)
                .asks("before", "string", "the last page's `next`")
                .asks("limit", "integer", "1 to 100; 20 when absent")
                .gives(NotificationDeliveryPage.class);
        add("ReplayNotificationDelivery", tag, "Tell it once more", USER)
                .gives(202, Endpoint.Form.ONE, NotificationDeliveryView.class)
                .fails(Errors.RATE_LIMITED, NoticeErrors.NO_DELIVERY, NoticeErrors.PENDING);
        add("ReadPhone", tag, "The telephone that the caller is told on", USER).gives(PhoneView.class);
        add("BeginPhone", tag, "Send a code to a telephone", USER)
                .takes(PhoneDraft.class)
                .gives(202, Endpoint.Form.ONE, PhoneView.class)
                .fails(Errors.RATE_LIMITED, NoticeErrors.TEXT);
        add("ConfirmPhone", tag, "Be told on the telephone that the code came to", USER)
                .takes(PhoneCode.class)
                .gives(PhoneView.class)
                .fails(NoticeErrors.CODE);
        add("RemovePhone", tag, "Be told on a telephone no more", USER).givesNothing();
        add("ListSubscriptions", tag, "The browsers that the caller is told in, and the key to subscribe with", USER)
                .gives(SubscriptionList.class);
        add("Subscribe", tag, "Be told in this browser", USER)
                .takes(SubscriptionDraft.class)
                .gives(201, Endpoint.Form.ONE, SubscriptionView.class)
                .fails(Errors.RATE_LIMITED, NoticeErrors.PUSH_SERVICE);
        add("Unsubscribe", tag, "Be told in a browser no more", USER)
                .givesNothing()
                .fails(NoticeErrors.NO_SUBSCRIPTION);
        add("ReadAllNotifications", tag, "Mark all notifications read, or those up to a time", USER)
                .mayTake(ReadAllRequest.class)
                .gives(UnreadNotifications.class);
    }

    private Endpoint add(String route, String tag, String summary, Endpoint.Caller caller) {
        Endpoint endpoint = Endpoint.of(tag, summary, caller);
        if (all.put(route, endpoint) != null) {
            throw new IllegalStateException("The route " + route + " is here twice");
        }
        return endpoint;
    }
}
