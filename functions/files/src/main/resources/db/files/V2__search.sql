-- What is shared in somebody's conversations, and what was pushed to their devices, is looked for by search.
CREATE INDEX shares_of_conversation ON shares (conversation_id);
CREATE INDEX deliveries_of_user ON deliveries (user_id) WHERE user_id IS NOT NULL;
