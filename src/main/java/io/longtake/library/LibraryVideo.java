package io.longtake.library;

import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A video as the library has it.
 *
 * @param history what is known of it
 * @param fragments its file so far
 * @param news its latest events, oldest first; what happened before them is in {@code history}
 * @param forgotten id of the last event before them; -1: there is none
 */
public record LibraryVideo(VideoHistory history, FragmentList fragments, List<StoredEvent> news, long forgotten) {

    /** Some minutes of a running video: who was away longer is told how things stand instead. */
    private static final int REMEMBERED = 512;

    public LibraryVideo {
        news = List.copyOf(news);
    }

    /** As the store remembers it: how it stands, not how it came to that. */
    static LibraryVideo stored(VideoHistory history, FragmentList fragments) {
        return new LibraryVideo(history, fragments, List.of(), history.lastEvent());
    }

    /** A video that was asked for just now, before the librarian has heard of it. */
    static LibraryVideo expected(PromptEvent prompt, long at) {
        return stored(
                VideoHistory.unknown(prompt.getVideoId(), at).prompted(PromptDetails.of(prompt), at),
                FragmentList.EMPTY);
    }

    public String id() {
        return history.id();
    }

    /** Whether the file will not grow any more. The news of an end may come before the last fragment, or after it. */
    public boolean over() {
        return fragments.complete() || (stopped() && fragments.frames() >= history.frames());
    }

    /** Whether a fragment is the file's next. One may be read before the news that the video is made after all. */
    boolean awaits(int fragment) {
        return fragment == fragments.next() && !(over() && (fragments.complete() || history.accepted()));
    }

    /** As a viewer should be told: finished only when everything is here to be fetched. */
    public VideoHistory.Status status() {
        return history.status() == VideoHistory.Status.FINISHED && !fragments.complete()
                ? VideoHistory.Status.RUNNING
                : history.status();
    }

    /** The first event after one that a listener has seen; that a prompt was refused is no news once it was sent again. */
    public Optional<StoredEvent> after(long id) {
        return news.stream().filter(event -> event.id() > id && !isPast(event)).findFirst();
    }

    private boolean isPast(StoredEvent event) {
        return VideoEvents.isRefusal(event.event()) && event.id() < history.lastEvent();
    }

    /** Whether everything after an event that a listener has seen can be told; otherwise tell how things stand. */
    public boolean remembers(long id) {
        return id >= forgotten;
    }

    LibraryVideo with(VideoHistory now) {
        return new LibraryVideo(now, fragments, news, forgotten);
    }

    LibraryVideo with(FragmentList longer) {
        return new LibraryVideo(history, longer, news, forgotten);
    }

    LibraryVideo with(VideoHistory now, StoredEvent latest) {
        boolean full = news.size() == REMEMBERED;
        List<StoredEvent> more = new ArrayList<>(full ? news.subList(1, REMEMBERED) : news);
        more.add(latest);
        return new LibraryVideo(now, fragments, more, full ? news.get(0).id() : forgotten);
    }

    private boolean stopped() {
        return history.status() == VideoHistory.Status.FAILED || history.status() == VideoHistory.Status.CANCELLED;
    }
}
