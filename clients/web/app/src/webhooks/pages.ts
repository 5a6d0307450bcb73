import { withWebhooks } from "./texts";

export const webhooksPage = () => withWebhooks(import("./WebhooksPage"));
