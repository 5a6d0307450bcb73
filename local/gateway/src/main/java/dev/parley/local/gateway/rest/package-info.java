/** The REST API: finds the route, builds the event, calls the function, and turns its reply or its failure into HTTP. */
package dev.parley.local.gateway.rest;
