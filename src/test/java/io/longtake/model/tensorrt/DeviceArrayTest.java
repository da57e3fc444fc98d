package io.longtake.model.tensorrt;

import static io.longtake.model.tensorrt.FakeMachine.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceArrayTest {

    private FakeMachine machine;
    private NDManager manager;

    @BeforeEach
    void open(@TempDir Path directory) {
        machine = new FakeMachine(directory);
        manager = machine.engine.newBaseManager();
    }

    @AfterEach
    void nothing_stays_open() {
        manager.close();
        assertThat(machine.cuda.open("memory")).isZero();
        assertThat(machine.cuda.open("event")).isEqualTo(machine.cuda.open("pinned"));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT16", "BFLOAT16", "INT64", "INT32", "INT8", "UINT8", "BOOLEAN"})
    void bytes_of_every_type_go_there_and_back(DataType type) {
        byte[] bytes = new byte[6 * type.getNumOfBytes()];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i % 2));
        NDArray array = manager.create(ByteBuffer.wrap(bytes), new Shape(2, 3), type);

        assertThat(array.toByteBuffer(true)).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(array.toByteBuffer(false)).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @Test
    void numbers_go_there_and_back() {
        assertThat(manager.create(new long[] {1, -2}).toLongArray()).containsExactly(1, -2);
        assertThat(manager.create(new int[] {3, -4}).toIntArray()).containsExactly(3, -4);
        assertThat(manager.create(true).toBooleanArray()).containsExactly(true);
        short half = 0x3e00; // 1.5
        assertThat(manager.create(ShortBuffer.wrap(new short[] {half}), new Shape(1), DataType.FLOAT16)
                        .toFloatArray())
                .containsExactly(1.5f);
        assertThat(manager.zeros(new Shape(2)).toFloatArray()).containsExactly(0, 0);
    }

    @Test
    void a_buffer_is_read_from_its_position_and_stays_as_it_is() {
        FloatBuffer buffer = FloatBuffer.wrap(new float[] {9, 1, 2, 9}).position(1);
        NDArray array = manager.create(buffer, new Shape(2), DataType.FLOAT32);

        assertThat(array.toFloatArray()).containsExactly(1, 2);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void data_may_be_changed_once_create_has_returned() {
        float[] data = {1, 2};
        NDArray array = array(manager, "x", data);
        data[0] = 7;

        assertThat(array.toFloatArray()).containsExactly(1, 2);
    }

    @Test
    void arrays_larger_than_the_staging_memory_go_in_parts() {
        float[] data = new float[Staging.LARGEST / Float.BYTES * 5 / 2];
        IntStream.range(0, data.length).forEach(i -> data[i] = i);
        NDArray array = manager.create(data, new Shape(data.length));

        assertThat(array.toFloatArray()).isEqualTo(data);
        assertThat(machine.cuda.called("upload")).isEqualTo(3);
        assertThat(machine.cuda.called("download")).isEqualTo(3);
    }

    @Test
    void staging_memory_is_kept_and_not_refilled_before_it_was_read() {
        NDArray[] arrays = IntStream.range(0, 3 * Staging.SLOTS)
                .mapToObj(i -> array(manager, "x" + i, i, i))
                .toArray(NDArray[]::new);

        for (int i = 0; i < arrays.length; i++) {
            assertThat(arrays[i].toFloatArray()).containsExactly(i, i);
        }
        assertThat(machine.cuda.open("pinned")).isEqualTo(Staging.SLOTS);
        assertThat(machine.cuda.called("pin")).isEqualTo(Staging.SLOTS);
    }

    @Test
    void a_duplicate_is_a_copy_on_the_device() {
        NDArray array = array(manager, "x", 1, 2);
        NDArray copy = array.duplicate();
        array.set(new float[] {3, 4});

        assertThat(copy.toFloatArray()).containsExactly(1, 2);
        assertThat(copy.getName()).isEqualTo("x");
        assertThat(machine.cuda.called("download")).isEqualTo(1);
    }

    @Test
    void an_array_on_another_device_is_a_copy() {
        NDArray array = array(manager, "x", 1, 2);
        NDArray there = array.toDevice(Device.gpu(1), false);

        assertThat(there.getDevice()).isEqualTo(Device.gpu(1));
        assertThat(there.toFloatArray()).containsExactly(1, 2);
        assertThat(array.toDevice(Device.gpu(0), false)).isSameAs(array);
    }

    @Test
    void an_array_takes_the_content_of_another() {
        NDArray array = array(manager, "x", 1, 2);
        NDArray other = array(manager, "y", 3, 4, 5, 6);
        array.intern(other);

        assertThat(array.toFloatArray()).containsExactly(3, 4, 5, 6);
        assertThat(other.isReleased()).isTrue();
    }

    @Test
    void a_closed_array_says_so() {
        NDArray array = array(manager, "x", 1, 2);
        array.close();
        array.close();

        assertThatThrownBy(array::toFloatArray)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'x' is closed");
    }

    @Test
    void a_detached_array_outlives_its_manager() {
        NDManager shortLived = manager.newSubManager();
        NDArray array = array(shortLived, "x", 1, 2);
        array.detach();
        shortLived.close();

        assertThat(array.toFloatArray()).containsExactly(1, 2);
        array.close();
    }

    @Test
    void an_array_that_gets_no_memory_leaves_nothing_behind() {
        machine.cuda.failNext("upload", LazyCuda.outOfMemory());

        assertThatThrownBy(() -> array(manager, "x", 1, 2)).isInstanceOf(OutOfDeviceMemoryException.class);
        assertThat(machine.cuda.open("memory")).isZero();
        assertThat(manager.getManagedArrays()).isEmpty();
    }
}
