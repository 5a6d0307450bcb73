package dev.parley.platform.objects;

/** What became of an upload that was to be finished. */
public enum Finish {
    /** The object is there, now or since an earlier call. */
    DONE,
    /** There is neither such an upload nor the object. */
    GONE,
    /** A part is missing, too small, or another than it was said to be: the upload is as before. */
    REFUSED
}
