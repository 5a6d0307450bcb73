package dev.parley.contracts.files;

import java.util.List;

/**
 * What is still to be sent of a file.
 *
 * @param chunkSize bytes of each part but the last
 * @param parts how many there are
 * @param present numbers, from 1, of those that are stored
 * @param addresses of some that are not, {@link FileLimits#ADDRESSES} at most
 * @param more whether others are missing
 */
public record UploadView(int chunkSize, int parts, List<Integer> present, List<PartAddress> addresses, boolean more) {}
