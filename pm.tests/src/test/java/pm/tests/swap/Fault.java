package pm.tests.swap;

/**
 * What a backend may do wrong.
 *
 * @param name for the report
 * @param type of the SPI
 * @param method of that type
 * @param instead what it does
 * @param finder the test of the contract that must find it
 */
record Fault(String name, Class<?> type, String method, Instead instead, String finder) {
    /** A wrong implementation. */
    @FunctionalInterface
    interface Instead {
        Object of(Object right, Object[] arguments, Call call) throws Throwable;
    }

    /** The call as it should be; with the arguments as they are when it is made. */
    @FunctionalInterface
    interface Call {
        Object make() throws Throwable;
    }

    @Override
    public String toString() {
        return name;
    }
}
