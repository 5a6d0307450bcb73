/**
 * Objects with a key. {@link dev.parley.platform.objects.Objects} are small: bytes that are written once, read by browsers through whatever stands in
 * front of the store, and removed - a bucket on AWS, a folder on a laptop. {@link dev.parley.platform.objects.LargeObjects} are files whose bytes go between
 * browsers and an S3 server by signed addresses: AWS's, any other's, or the one that a laptop brings.
 */
package dev.parley.platform.objects;
