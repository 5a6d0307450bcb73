/**
 * The shell around every function: AWS events in, envelopes out. {@link dev.parley.platform.lambda.Handler} is what AWS Lambda calls; it
 * calls, through Spring Cloud Function's catalog, the one function of the jar, a {@link dev.parley.platform.lambda.LambdaFunction}, which
 * wires its context and says what it answers: REST routes, WebSocket events, authorizations, events of the outbox.
 * Spring ends here.
 */
package dev.parley.platform.lambda;
