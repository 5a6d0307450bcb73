/**
 * What demo people send: pictures and voices made ahead of time, kept in files, read whole into memory and shared by every
 * peer that plays them. Nothing here knows of networks.
 */
package dev.parley.peer.media;
