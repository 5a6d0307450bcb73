package dev.parley.contracts.meetings;

import java.util.List;

/**
 * How people's connections did in a meeting, the latest first.
 *
 * @param bucketSeconds what each sample covers, from its time on
 * @param people those that the samples are of
 * @param samples of what the reader may read
 * @param next asks for those before these, as {@code cursor}; absent when there are none
 */
public record QualityPage(int bucketSeconds, List<QualityPerson> people, List<QualitySample> samples, String next) {}
