package io.longtake.worker;

/** What a queue wants to be committed in one transaction with that which comes of a task, so that the task is done once. */
interface Receipt {

    /** Of a queue that is told afterwards. */
    Receipt NONE = new Receipt() {
        @Override
        public void sign(Transaction transaction) {}

        @Override
        public void committed() {}
    };

    /**
     * Adds it to a transaction, last of all.
     *
     * @throws LostTaskException if the task is somebody else's: nothing of the transaction may be seen
     */
    void sign(Transaction transaction);

    /** The transaction is committed. */
    void committed();
}
