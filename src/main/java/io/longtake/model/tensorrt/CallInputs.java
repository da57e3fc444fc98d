package io.longtake.model.tensorrt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Arrays of one call, in the graph's order, all on the graph's device.
 *
 * @param profile which of the graph's optimisation profiles takes their shapes
 * @param copies those that had to be brought to the device for this call
 */
record CallInputs(List<DeviceArray> arrays, int profile, List<DeviceArray> copies) implements AutoCloseable {

    /**
     * Finds each input by its name, or by its place if no array has a name.
     *
     * @throws IllegalArgumentException naming the input that is missing, or whose type or shape is not the graph's
     */
    static CallInputs match(NDList given, List<Binding> wanted, DeviceArrays arrays) {
        List<NDArray> ordered = order(given, wanted);
        for (int i = 0; i < wanted.size(); i++) {
            Binding input = wanted.get(i);
            if (ordered.get(i).getDataType() != input.type()) {
                throw new IllegalArgumentException("input '" + input.name() + "' is " + input.type() + ", found "
                        + ordered.get(i).getDataType());
            }
        }
        int profile = profile(ordered, wanted);
        List<DeviceArray> copies = new ArrayList<>();
        List<DeviceArray> here = new ArrayList<>();
        try {
            for (NDArray array : ordered) {
                here.add(here(array, arrays, copies));
            }
            return new CallInputs(here, profile, copies);
        } catch (RuntimeException e) {
            throw close(copies).closeAfter(e);
        }
    }

    private static List<NDArray> order(NDList given, List<Binding> wanted) {
        List<String> names = wanted.stream().map(Binding::name).toList();
        List<String> found = given.stream().map(NDArray::getName).toList();
        boolean named = found.stream().anyMatch(name -> name != null);
        if (given.size() != wanted.size() || (named && !found.containsAll(names))) {
            throw new IllegalArgumentException("the graph takes inputs " + names + ", found " + found
                    + "; name arrays with setName, or none of them");
        }
        return named
                ? names.stream().map(name -> given.get(found.indexOf(name))).toList()
                : List.copyOf(given);
    }

    private static int profile(List<NDArray> arrays, List<Binding> wanted) {
        int profiles = wanted.isEmpty() ? 1 : wanted.get(0).profiles().size();
        return IntStream.range(0, profiles)
                .filter(profile -> IntStream.range(0, wanted.size()).allMatch(i -> wanted.get(i)
                        .profiles()
                        .get(profile)
                        .takes(arrays.get(i).getShape())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(refusal(arrays, wanted)));
    }

    private static String refusal(List<NDArray> arrays, List<Binding> wanted) {
        List<String> inputs = IntStream.range(0, wanted.size())
                .mapToObj(i -> wanted.get(i).name() + " " + arrays.get(i).getShape() + " of "
                        + wanted.get(i).profiles())
                .toList();
        return "no profile (min/opt/max) of the compiled graph takes these shapes together: " + inputs
                + "; compile it with options profile.<input> that do";
    }

    private static DeviceArray here(NDArray array, DeviceArrays arrays, List<DeviceArray> copies) {
        DeviceArray local = arrays.from(array);
        if (local.home().device() != arrays.lane().device()) {
            local = (DeviceArray) local.toDevice(arrays.getDevice(), true);
        }
        if (local != array) {
            copies.add(local);
        }
        return local;
    }

    List<Shape> shapes() {
        return arrays.stream().map(DeviceArray::getShape).toList();
    }

    @Override
    public void close() {
        close(copies).close();
    }

    private static Closer close(List<DeviceArray> copies) {
        Closer closer = new Closer();
        copies.forEach(copy -> closer.add(copy::close));
        return closer;
    }
}
