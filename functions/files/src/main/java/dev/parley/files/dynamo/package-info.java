/** What this context reads and writes in DynamoDB. */
package dev.parley.files.dynamo;
