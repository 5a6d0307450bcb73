/**
 * The written contract: {@code contracts/openapi.yaml} and {@code contracts/asyncapi.yaml}, made of the template's routes, the records of
 * {@code contracts} with their Javadoc, the functions' error codes, and {@link dev.parley.checks.api.Endpoints}, which says of each route
 * what cannot be read off those.
 */
package dev.parley.checks.api;
