/**
 * Files, the devices they go to, and pushes. Bytes never pass through a function: they are uploaded in parts and fetched in ranges by
 * addresses of five minutes. A file is read by its owner, by whoever may read a conversation it is shared in, and by whom it was pushed to.
 */
package dev.parley.files;
