package io.longtake.director;

/** One stage of one segment of a video: what a task is for, however often it is sent. */
public record TaskName(String videoId, String stage, int segment) {}
