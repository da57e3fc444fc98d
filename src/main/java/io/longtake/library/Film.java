package io.longtake.library;

import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A film as it stands on the shelf.
 *
 * @param video what is known of it
 * @param reel its file so far
 * @param news its latest events, oldest first; what happened before them is in {@code video}
 * @param forgotten id of the last event before them; -1: there is none
 */
public record Film(Video video, Reel reel, List<Happening> news, long forgotten) {

    /** Some minutes of a running film: who was away longer is told how things stand instead. */
    private static final int REMEMBERED = 512;

    public Film {
        news = List.copyOf(news);
    }

    /** As the store remembers it: how it stands, not how it came to that. */
    static Film stored(Video video, Reel reel) {
        return new Film(video, reel, List.of(), video.lastEvent());
    }

    /** A film that was asked for just now, before the librarian has heard of it. */
    public static Film expected(PromptEvent prompt, long at) {
        return stored(Video.unknown(prompt.getVideoId(), at).wished(Wish.of(prompt), at), Reel.EMPTY);
    }

    public String id() {
        return video.id();
    }

    /** Whether the file will not grow any more. The news of an end may come before the last piece, or after it. */
    public boolean over() {
        return reel.complete() || (stopped() && reel.frames() >= video.frames());
    }

    /** Whether a fragment is the file's next. One may be read before the news that the film is made after all. */
    boolean awaits(int fragment) {
        return fragment == reel.next() && !(over() && (reel.complete() || video.accepted()));
    }

    /** As a viewer should be told: finished only when everything is here to be fetched. */
    public Video.Status status() {
        return video.status() == Video.Status.FINISHED && !reel.complete() ? Video.Status.RUNNING : video.status();
    }

    /** The first event after one that a listener has seen; that a prompt was refused is no news once it was sent again. */
    public Optional<Happening> after(long id) {
        return news.stream().filter(event -> event.id() > id && !isPast(event)).findFirst();
    }

    private boolean isPast(Happening event) {
        return VideoEvents.isRefusal(event.event()) && event.id() < video.lastEvent();
    }

    /** Whether everything after an event that a listener has seen can be told; otherwise tell how things stand. */
    public boolean remembers(long id) {
        return id >= forgotten;
    }

    Film with(Video now) {
        return new Film(now, reel, news, forgotten);
    }

    Film with(Reel longer) {
        return new Film(video, longer, news, forgotten);
    }

    Film with(Video now, Happening latest) {
        boolean full = news.size() == REMEMBERED;
        List<Happening> more = new ArrayList<>(full ? news.subList(1, REMEMBERED) : news);
        more.add(latest);
        return new Film(now, reel, more, full ? news.get(0).id() : forgotten);
    }

    private boolean stopped() {
        return video.status() == Video.Status.FAILED || video.status() == Video.Status.CANCELLED;
    }
}
