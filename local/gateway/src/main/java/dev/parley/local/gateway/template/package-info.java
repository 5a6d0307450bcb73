/**
 * {@code template.yaml} as the gateway needs it: functions, REST routes, streams, the WebSocket API and its authorizer, with CloudFormation's
 * intrinsic functions resolved from local parameter values.
 */
package dev.parley.local.gateway.template;
