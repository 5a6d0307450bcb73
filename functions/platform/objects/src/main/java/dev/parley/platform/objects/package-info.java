/**
 * Objects with a key: bytes that are written once, read by browsers through whatever stands in front of the store, and removed. A bucket
 * on AWS, a folder on a laptop.
 */
package dev.parley.platform.objects;
