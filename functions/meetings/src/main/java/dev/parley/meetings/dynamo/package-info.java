/** Live meetings in DynamoDB. */
package dev.parley.meetings.dynamo;
