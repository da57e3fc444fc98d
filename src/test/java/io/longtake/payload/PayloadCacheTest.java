package io.longtake.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PayloadCacheTest {

    private static final Tensor FORTY_BYTES = Tensor.zeros(10);

    @Test
    void what_was_put_is_found_by_its_id() {
        PayloadCache cache = new PayloadCache(100);
        cache.put("a", FORTY_BYTES);

        assertThat(cache.get("a")).containsSame(FORTY_BYTES);
        assertThat(cache.get("b")).isEmpty();
    }

    @Test
    void the_content_that_was_used_longest_ago_makes_room() {
        PayloadCache cache = new PayloadCache(100);
        cache.put("a", FORTY_BYTES);
        cache.put("b", FORTY_BYTES);
        cache.get("a");
        cache.put("c", FORTY_BYTES);

        assertThat(cache.get("a")).isPresent();
        assertThat(cache.get("b")).isEmpty();
        assertThat(cache.get("c")).isPresent();
    }

    @Test
    void putting_a_content_again_does_not_count_it_twice() {
        PayloadCache cache = new PayloadCache(100);
        cache.put("a", FORTY_BYTES);
        cache.put("b", FORTY_BYTES);
        cache.put("b", FORTY_BYTES);

        assertThat(cache.get("a")).isPresent();
    }

    @Test
    void a_content_larger_than_the_cache_is_not_kept_and_pushes_nothing_out() {
        PayloadCache cache = new PayloadCache(100);
        cache.put("a", FORTY_BYTES);
        cache.put("large", new Frames(1, 10, 10, new byte[300]));

        assertThat(cache.get("a")).isPresent();
        assertThat(cache.get("large")).isEmpty();
    }

    @Test
    void a_cache_of_no_bytes_keeps_nothing() {
        PayloadCache cache = PayloadCache.none();
        cache.put("a", FORTY_BYTES);

        assertThat(cache.get("a")).isEmpty();
    }
}
