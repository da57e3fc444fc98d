package io.longtake.library;

import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A video as it stands on the shelf.
 *
 * @param video what is known of it
 * @param reel its file so far
 * @param news its latest events, oldest first; what happened before them is in {@code video}
 * @param forgotten id of the last event before them; -1: there is none
 */
public record LibraryVideo(VideoHistory history, Reel reel, List<Happening> news, long forgotten) {

    /** Some minutes of a running video: who was away longer is told how things stand instead. */
    private static final int REMEMBERED = 512;

    public LibraryVideo {
        news = List.copyOf(news);
    }

    /** As the store remembers it: how it stands, not how it came to that. */
    static LibraryVideo stored(VideoHistory history, Reel reel) {
        return new LibraryVideo(history, reel, List.of(), history.lastEvent());
    }

    /** A video that was asked for just now, before the librarian has heard of it. */
    public static LibraryVideo expected(PromptEvent prompt, long at) {
        return stored(VideoHistory.unknown(prompt.getVideoId(), at).wished(Wish.of(prompt), at), Reel.EMPTY);
    }

    public String id() {
        return history.id();
    }

    /** Whether the file will not grow any more. The news of an end may come before the last fragment, or after it. */
    public boolean over() {
        return reel.complete() || (stopped() && reel.frames() >= history.frames());
    }

    /** Whether a fragment is the file's next. One may be read before the news that the video is made after all. */
    boolean awaits(int fragment) {
        return fragment == reel.next() && !(over() && (reel.complete() || history.accepted()));
    }

    /** As a viewer should be told: finished only when everything is here to be fetched. */
    public VideoHistory.Status status() {
        return history.status() == VideoHistory.Status.FINISHED && !reel.complete()
                ? VideoHistory.Status.RUNNING
                : history.status();
    }

    /** The first event after one that a listener has seen; that a prompt was refused is no news once it was sent again. */
    public Optional<Happening> after(long id) {
        return news.stream().filter(event -> event.id() > id && !isPast(event)).findFirst();
    }

    private boolean isPast(Happening event) {
        return VideoEvents.isRefusal(event.event()) && event.id() < history.lastEvent();
    }

    /** Whether everything after an event that a listener has seen can be told; otherwise tell how things stand. */
    public boolean remembers(long id) {
        return id >= forgotten;
    }

    LibraryVideo with(VideoHistory now) {
        return new LibraryVideo(now, reel, news, forgotten);
    }

    LibraryVideo with(Reel longer) {
        return new LibraryVideo(history, longer, news, forgotten);
    }

    LibraryVideo with(VideoHistory now, Happening latest) {
        boolean full = news.size() == REMEMBERED;
        List<Happening> more = new ArrayList<>(full ? news.subList(1, REMEMBERED) : news);
        more.add(latest);
        return new LibraryVideo(now, reel, more, full ? news.get(0).id() : forgotten);
    }

    private boolean stopped() {
        return history.status() == VideoHistory.Status.FAILED || history.status() == VideoHistory.Status.CANCELLED;
    }
}
