/** The web app's files, as a content delivery network in front of the two APIs would serve them. */
package dev.parley.local.gateway.web;
