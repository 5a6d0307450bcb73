package dev.parley.contracts.files;

/** A file, and what is still to be sent of it; {@code upload} is absent when that is nothing. */
public record FileReply(FileView file, UploadView upload) {}
